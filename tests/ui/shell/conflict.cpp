// SPDX-License-Identifier: Apache-2.0
// From a conflict to an environment: the picture, the sentence, a way out, its plan, by keys alone.
#include <QAccessible>

#include "kit/window/gui_check.h"
#include "setup/conflict_picture.h"
#include "ui/shell/driven_window.h"

using namespace Qt::StringLiterals;
using namespace sconce;

class ConflictCheck : public kit::GuiCheck {
    Q_OBJECT

protected:
    void begin() override;
    void end() override;

private Q_SLOTS:
    void tellsItAsPictureAndSentence();
    void keysAloneFromConflictToEnvironment();
    void theChangeCanBeLeftOut();
    void twoExtrasOfASet();

private:
    void start();
    ui::Session &session() { return m_driven->session(); }
    kit::Hands &hands() { return m_driven->hands(); }
    QByteArray projectFile() const { return kit::slurp(m_world->folder() + u"/pyproject.toml"_s); }

    std::optional<checks::World> m_world;
    std::optional<checks::DrivenWindow> m_driven;
};

namespace {

constexpr char Project[] =
    "# mine\n[project]\nname = \"demo\"\nversion = \"1\"\nrequires-python = \">=3.9\"\n"
    "dependencies = [\n    \"alpha\", # needs beta\n    \"beta<2\", # for now\n]\n";

} // namespace

void ConflictCheck::begin()
{
    m_world.emplace();
    m_world->offer({{.name = u"alpha"_s, .version = u"1.1"_s, .requiresDist = {u"beta>=2"_s}},
        {.name = u"beta"_s, .version = u"1.0"_s}, {.name = u"beta"_s, .version = u"2.0"_s}});
    m_world->write(u"pyproject.toml"_s, Project);
}

void ConflictCheck::end()
{
    m_driven.reset();
    m_world.reset();
}

void ConflictCheck::start()
{
    m_driven.emplace(*m_world);
    QVERIFY(m_driven->opens(m_world->folder()));
    QVERIFY(session().proposal().value);
    QVERIFY(session().proposal().value->conflict());
}

void ConflictCheck::tellsItAsPictureAndSentence()
{
    start();
    const actions::SetUpConflict &conflict = *session().proposal().value->conflict();
    const QString text = m_driven->text();
    QVERIFY2(text.contains(conflict.sentence), qPrintable(text));
    auto *picture = m_driven->window().findChild<ui::ConflictPicture *>(u"conflict.picture"_s);
    QVERIFY(picture);
    QTRY_VERIFY(picture->isVisible()); // layouts show what is added to them a moment later
    QStringList told;
    for (const auto *stop : picture->findChildren<ui::ConflictStop *>())
        told.append(stop->accessibleName());
    QCOMPARE(told,
        (QStringList{u"demo needs beta <2"_s, u"demo needs alpha"_s, u"alpha 1.1 needs beta >=2"_s,
            u"No version of beta is both <2 and >=2"_s}));
    // No box is cut off, and no two lie on one another.
    const auto boxes = picture->findChildren<ui::ConflictStop *>();
    for (const ui::ConflictStop *box : boxes) {
        QVERIFY(picture->rect().contains(box->geometry()));
        for (const ui::ConflictStop *other : boxes)
            QVERIFY(box == other || !box->geometry().intersects(other->geometry()));
    }
}

void ConflictCheck::keysAloneFromConflictToEnvironment()
{
    start();
    QVERIFY(m_driven->becomesActive());
    QVERIFY(hands().tabTo(u"conflict.fix.1"_s));
    hands().press(Qt::Key_Space);
    QTRY_VERIFY(hands().find(u"plan.apply"_s));
    QTRY_VERIFY(hands().find(u"plan.apply"_s)->window()->isActiveWindow());
    QCOMPARE(projectFile(), QByteArray(Project));
    QVERIFY2(kit::readAloud(*hands().find(u"plan.apply"_s)->window()).contains(u"pyproject.toml"),
        qPrintable(kit::readAloud(*hands().find(u"plan.apply"_s)->window())));
    hands().press(Qt::Key_Return);
    QVERIFY(m_driven->comes([this] { return session().check().value && m_driven->isIdle(); }));
    QCOMPARE(projectFile(), QByteArray(Project).replace("beta<2", "beta"));
    QVERIFY(QFile::exists(m_world->folder() + u"/uv.lock"_s));
    QCOMPARE(m_world->installedText(), u"alpha==1.1 beta==2.0"_s);
    QVERIFY(session().isSetUp());
    QCOMPARE(hands().clicks(), 0);
}

void ConflictCheck::theChangeCanBeLeftOut()
{
    start();
    QVERIFY(m_driven->becomesActive());
    QVERIFY(hands().tabTo(u"conflict.fix.1"_s));
    hands().press(Qt::Key_Space);
    QTRY_VERIFY(hands().find(u"plan.back"_s));
    QTRY_VERIFY(hands().find(u"plan.back"_s)->window()->isActiveWindow());
    hands().press(Qt::Key_Escape);
    QVERIFY(m_driven->becomesReady());
    QVERIFY(session().proposal().value->plan());
    QVERIFY2(m_driven->text().contains(session().choice().edits.at(0).summary), qPrintable(m_driven->text()));
    QVERIFY(hands().tabTo(u"plan.leaveOut"_s));
    hands().press(Qt::Key_Space);
    QTRY_VERIFY(session().proposal().isRunning() || session().proposal().value->conflict());
    QVERIFY(m_driven->becomesReady());
    QVERIFY(session().proposal().value->conflict());
    QVERIFY(session().choice().edits.empty());
    QCOMPARE(projectFile(), QByteArray(Project));
}

/// Nothing is asked of an index to say so.
void ConflictCheck::twoExtrasOfASet()
{
    m_world->write(u"pyproject.toml"_s, R"([project]
name = "demo"
version = "1"
requires-python = ">=3.9"
[project.optional-dependencies]
new = ["beta>=2"]
old = ["beta<2"]
[tool.uv]
conflicts = [[{ extra = "new" }, { extra = "old" }]]
)");
    m_driven.emplace(*m_world);
    QVERIFY(m_driven->opens(m_world->folder()));
    actions::SetUpChoice choice = session().choice();
    choice.extras = {*names::Name::parse(u"new"), *names::Name::parse(u"old")};
    session().choose(choice);
    QVERIFY(m_driven->becomesReady());
    QVERIFY(session().proposal().error);
    QVERIFY2(m_driven->text().contains(
                 u"The project says that the extra “new” and the extra “old” exclude each other"),
        qPrintable(m_driven->text()));
}

GUI_CHECK_MAIN(ConflictCheck)
#include "conflict.moc"
