// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include <QTest>

#include "actions/set_up.h"
#include "core/actions/world.h"
#include "kit/small_environment.h"

namespace sconce::checks {

inline QString asText(const plan::Plan &plan)
{
    QStringList parts;
    for (const plan::Operation &operation : plan.operations)
        parts.append(
            operation.name.text() + (operation.to ? u' ' + operation.to->text() : QStringLiteral(" gone")));
    return parts.join(QStringLiteral(", "));
}

inline std::vector<names::Name> namesOf(const QString &text)
{
    std::vector<names::Name> list;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts))
        list.push_back(*names::Name::parse(word));
    return list;
}

/// The plan of a Result, or the end of the check.
#define TAKE_PLAN(name, outcome)                                                                             \
    const auto name##_outcome = (outcome);                                                                   \
    VERIFY_RESULT(name##_outcome);                                                                           \
    QVERIFY2(std::holds_alternative<plan::Plan>(*name##_outcome),                                            \
        qPrintable(std::get_if<actions::SetUpConflict>(&*name##_outcome)                                     \
                ? std::get<actions::SetUpConflict>(*name##_outcome).sentence                                 \
                : QString()));                                                                               \
    const plan::Plan &name = std::get<plan::Plan>(*name##_outcome)

/// Checks that plan in a small world: alpha (1.1 needs beta), beta, gamma, torch with two builds.
/// Each check makes the world anew.
class PlanningCheck : public QObject {
protected:
    using Outcome = Result<std::variant<plan::Plan, actions::SetUpConflict>>;

    void makeWorld()
    {
        m_world = std::make_unique<World>();
        const auto wheel = [](const char16_t *name, const char16_t *version, const QStringList &needs = {}) {
            return kit::TinyWheel{.name = QString::fromUtf16(name),
                .version = QString::fromUtf16(version),
                .requiresDist = needs};
        };
        m_world->offer({wheel(u"alpha", u"1.0"), wheel(u"alpha", u"1.1", {QStringLiteral("beta>=2")}),
            wheel(u"beta", u"1.0"), wheel(u"beta", u"2.0"), wheel(u"gamma", u"3.0"),
            wheel(u"torch", u"2.9.0")});
        m_world->offerTorch("cpu", QStringLiteral("2.9.0+cpu"));
        m_world->offerTorch("cu128", QStringLiteral("2.9.0+cu128"));
    }
    actions::Overview open(const QString &name = {})
    {
        const auto opened =
            actions::openProject(m_world->folder() + (name.isEmpty() ? QString() : u'/' + name),
                m_world->tools(), JobContext::unwatched());
        Q_ASSERT_X(opened, "open", opened ? "" : qPrintable(opened.error().forLog()));
        return *opened;
    }
    Outcome propose(
        const actions::SetUpChoice &choice = {}, const JobContext &context = JobContext::unwatched())
    {
        return actions::planSetUp(open(), choice, m_world->tools(), context);
    }

    std::unique_ptr<World> m_world;
};

} // namespace sconce::checks
