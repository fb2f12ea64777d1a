// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include "files/digest.h"
#include "kit/golden.h"
#include "kit/recorded_world.h"
#include "kit/scripted_runner.h"
#include "kit/wheel_writer.h"
#include "kit/with_local_files.h"
#include "verbs.h"

namespace sconce::checks {

/// A JSON file that is there and right.
inline QJsonDocument readJson(const QString &path)
{
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(kit::slurp(QDir::cleanPath(path)), &problem);
    if (problem.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(path), qPrintable(problem.errorString()));
    return document;
}

/// A project folder whose indexes are those of a recorded world, with a Python 3.12.1 that is only said to be
/// there: verbs run in it as they would from the command line.
class RecordedProject {
public:
    explicit RecordedProject(const QJsonObject &world)
        : m_indexes(world)
    {
        const QString python = m_folder.filePath(QStringLiteral("python"));
        kit::spill(python, "#!");
        QFile(python).setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        const QJsonObject answer =
            readJson(QStringLiteral(CASES "/../../core/python/probe/alpine.json"))[u"answer"].toObject();
        m_runner.add({python + QStringLiteral(" *"),
            {.output = QJsonDocument(answer).toJson(QJsonDocument::Compact)}});
        m_tools.fetcher = &m_fetcher;
        m_tools.runner = &m_runner;
        m_tools.cacheFolder = m_folder.filePath(QStringLiteral("cache"));
        m_tools.variables = {{QStringLiteral("HOME"), m_folder.path()}, {QStringLiteral("UV_PYTHON"), python},
            {QStringLiteral("UV_DEFAULT_INDEX"), QStringLiteral("http://pypi.test/simple")}};
        m_tools.computer.runner = &m_runner;
    }

    QString file(const QString &name) const { return m_folder.filePath(QStringLiteral("project/") + name); }
    QByteArray lock() const { return kit::slurp(file(QStringLiteral("uv.lock"))); }
    /// How many pages and files the indexes were asked for.
    int asked() const { return m_indexes.asked(); }

    /// Text by path; null removes the file; the text of a wheel is its METADATA.
    void write(const QJsonObject &files) const
    {
        for (auto one = files.begin(); one != files.end(); ++one) {
            const QString path = file(one.key());
            const QByteArray text = one->toString().toUtf8();
            if (one->isNull())
                QFile::remove(path);
            else
                kit::spill(path, path.endsWith(u".whl") ? wheel(path, text) : text);
        }
    }

    /// Runs the verb named by the first word; gives its exit status.
    int run(const QJsonArray &words) const
    {
        QStringList arguments;
        for (const QJsonValue &word : words)
            arguments.append(word.toString());
        const auto verb = std::ranges::find(app::verbs(), arguments.takeFirst(), &app::Verb::name);
        std::vector<app::Option> options = verb->options;
        options.insert(options.end(), app::commonOptions().begin(), app::commonOptions().end());
        const auto read = app::Arguments::parse(arguments, options);
        if (!read)
            qFatal() << read.error().forLog();
        const app::Console console(app::Console::Loudness::Quiet, app::Console::Colour::Never);
        const auto exit = verb->run(
            {*read, m_tools, console, JobContext::unwatched(), m_folder.filePath(QStringLiteral("project"))});
        if (exit)
            return int(*exit);
        console.say(exit.error());
        return int(app::Exit::Broken);
    }

    /// Digests of files made here stand as "{sha256 of PATH}" in a recorded text.
    QByteArray withDigests(QByteArray recorded) const
    {
        const QByteArray mark = "{sha256 of ";
        for (qsizetype at = recorded.indexOf(mark); at >= 0; at = recorded.indexOf(mark)) {
            const qsizetype end = recorded.indexOf('}', at);
            const QByteArray path = recorded.sliced(at + mark.size(), end - at - mark.size());
            recorded.replace(
                at, end + 1 - at, files::sha256Hex(kit::slurp(file(QString::fromUtf8(path)))).toUtf8());
        }
        return recorded;
    }

private:
    static QByteArray wheel(const QString &path, const QByteArray &metadata)
    {
        const QStringList parts = QFileInfo(path).fileName().split(u'-');
        kit::Wheel wheel{.name = parts[0].toUtf8(), .version = parts[1].toUtf8()};
        wheel.metadataText = metadata;
        return wheel.bytes();
    }

    QTemporaryDir m_folder;
    kit::RecordedWorld m_indexes;
    kit::WithLocalFiles m_fetcher{m_indexes};
    kit::ScriptedRunner m_runner;
    actions::Tools m_tools;
};

} // namespace sconce::checks
