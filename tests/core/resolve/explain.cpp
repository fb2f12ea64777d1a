// SPDX-License-Identifier: Apache-2.0
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "kit/golden.h"
#include "kit/universe/universe.h"

using namespace sconce;
using namespace Qt::StringLiterals;

namespace {

QString hintName(resolve::Hint::Kind kind)
{
    using Kind = resolve::Hint::Kind;
    switch (kind) {
    case Kind::AllowPreReleases: return u"allow pre-releases"_s;
    case Kind::OtherIndexHasVersion: return u"other index"_s;
    case Kind::IndexRefused: return u"index refused"_s;
    case Kind::NoWheelForPlatform: return u"no wheel"_s;
    case Kind::PythonTooOld: return u"python"_s;
    case Kind::NeedsBuild: return u"needs build"_s;
    case Kind::Other: break;
    }
    return u"other"_s;
}

void addTree(const resolve::Derivation &step, int depth, QString &text)
{
    text += QString(depth * 2, u' ') + step.text + u'\n';
    for (const auto &cause : step.causes)
        addTree(*cause, depth + 1, text);
}

QByteArray asText(const resolve::Conflict &conflict)
{
    QString text = conflict.sentence + u'\n';
    for (const auto &hint : conflict.hints)
        text += u"hint (%1, “%2”): %3\n"_s.arg(hintName(hint.kind), hint.package, hint.text);
    text += u"\n"_s;
    addTree(*conflict.derivation, 0, text);
    text += u"\n"_s;
    for (const auto &chain : conflict.collision.chains) {
        for (const auto &stop : chain)
            text += u"[%1] --%2--> "_s.arg(stop.label.isEmpty() ? u"you"_s : stop.label, stop.need);
        text += conflict.collision.package + u'\n';
    }
    text += conflict.collision.reason + u'\n';
    return text.toUtf8();
}

} // namespace

class ExplainCheck : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhy_data();
    void saysWhy();
    void staysShortHoweverLongTheProof();
};

void ExplainCheck::saysWhy_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : QDir(QStringLiteral(CASES)).entryList({u"*.json"_s}, QDir::Files))
        QTest::newRow(qPrintable(name.chopped(5))) << name.chopped(5);
}

void ExplainCheck::saysWhy()
{
    QFETCH(const QString, name);
    const QJsonObject file =
        QJsonDocument::fromJson(kit::slurp(QStringLiteral(CASES "/") + name + u".json"_s)).object();
    const auto universe = kit::Universe::read(file);
    QVERIFY2(universe, universe ? "" : qPrintable(universe.error().forLog()));
    const auto request = kit::readRequest(file, **universe);
    QVERIFY2(request, request ? "" : qPrintable(request.error().forLog()));
    const auto outcome = resolveSpecific(*request, **universe, JobContext::unwatched());
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().forLog()));
    QVERIFY(std::holds_alternative<resolve::Conflict>(*outcome));
    COMPARE_KEPT(asText(std::get<resolve::Conflict>(*outcome)), name + u".txt"_s);
}

void ExplainCheck::staysShortHoweverLongTheProof()
{
    // Many versions that each need a package that no index has.
    QJsonObject versions;
    for (int version = 1; version <= 150; ++version)
        versions[QString::number(version)] = QJsonArray{u"gone%1"_s.arg(version)};
    const QJsonObject file{{u"wish"_s, QJsonArray{u"a"_s}}, {u"packages"_s, QJsonObject{{u"a"_s, versions}}}};
    const auto universe = kit::Universe::read(file).value();
    const auto outcome =
        resolveSpecific(kit::readRequest(file, *universe).value(), *universe, JobContext::unwatched());
    QVERIFY(outcome && std::holds_alternative<resolve::Conflict>(*outcome));
    const QString sentence = std::get<resolve::Conflict>(*outcome).sentence;
    QVERIFY2(sentence.count(u'\n') < 20, qPrintable(sentence));
}

QTEST_APPLESS_MAIN(ExplainCheck)
#include "explain.moc"
