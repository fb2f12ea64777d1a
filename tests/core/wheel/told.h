// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTest>

#include "core/wheel/small_wheels.h"
#include "wheel/going.h"

#define VERIFY_DONE(result)                                                                                  \
    do {                                                                                                     \
        const Result<> verified = (result);                                                                  \
        QVERIFY2(verified, verified ? "" : qPrintable(verified.error().forLog()));                           \
    } while (false)

namespace sconce::small {

/// A project with an environment that was changed four times, and what it was each time.
struct Told {
    kit::SmallEnvironment environment;
    QString project = environment.outside(u"pyproject.toml"_s);
    QString lock = environment.outside(u"uv.lock"_s);
    /// Before the first change, then after each.
    QList<QByteArray> past{all()};

    explicit Told(int changes = 4)
    {
        for (int i = 1; i <= changes; ++i)
            QVERIFY(change(i));
    }

    /// Everything that a change may touch.
    QByteArray all() const
    {
        return environment.listing() + "\npyproject.toml " + kit::slurp(project) + "\nuv.lock "
            + (files::exists(lock) ? kit::slurp(lock) : "(none)");
    }

    wheel::FileChange toward(const QString &path, const QByteArray &after) const
    {
        return {path, files::exists(path) ? std::optional(kit::slurp(path)) : std::nullopt, after};
    }

    Wish wish(int number) const
    {
        const QByteArray text = QByteArray::number(number);
        wheel::Company company{.files = {}, .note = "change " + text};
        if (number != 2)
            company.files.push_back(toward(project, "project " + text));
        if (number == 1 || number == 3)
            company.files.push_back(toward(lock, "lock " + text));
        switch (number) {
        case 1: return {.add = {oldWheel()}, .remove = {}, .company = company};
        case 2: return {.add = {neighbourWheel()}, .remove = {}, .company = company};
        case 3: return {.add = {newWheel()}, .remove = {u"own"_s}, .company = company};
        default: break;
        }
        return {.add = {}, .remove = {u"neighbour"_s}, .company = company};
    }

    Result<> change(int number)
    {
        SCONCE_TRY(changed(environment, wish(number)));
        past.append(all());
        return {};
    }
    Result<> go(int number) const
    {
        const wheel::Way way = SCONCE_TRY(wheel::wayTo(environment.root(), number));
        return wheel::go(environment.root(), way, JobContext::unwatched());
    }
    /// "4 3 2u": the newest first, u for those that were undone.
    QString states() const
    {
        QStringList texts;
        for (const wheel::State &state : wheel::statesIn(environment.root()))
            texts.append(QString::number(state.number) + (state.isUndone ? u"u"_s : QString()));
        return texts.join(u' ');
    }
    QStringList stages() const
    {
        return QDir(environment.root()).entryList({wheel::StagePrefix + u'*'}, QDir::Dirs | QDir::Hidden);
    }
};

/// The environment was made for the first change.
inline void makeFirst(Told &told)
{
    Wish wish = told.wish(1);
    wish.company.madeEnvironment = true;
    VERIFY_DONE(changed(told.environment, wish));
    VERIFY_DONE(told.change(2));
    kit::spill(told.environment.library(u"__pycache__/own.cpython-312.pyc"_s), "c");
}

} // namespace sconce::small
