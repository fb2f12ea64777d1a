// SPDX-License-Identifier: Apache-2.0
#include "screenshots/screenshots.h"

#include <chrono>

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QPainter>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include "screenshots/scenes.h"
#include "session/session.h"
#include "shell/main_window.h"
#include "shell/translations.h"
#include "theme/colours.h"
#include "theme/theme.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace sconce::ui {

namespace {

struct Variant {
    QString suffix;
    QLocale locale;
    Qt::ColorScheme scheme;
};

/// Takes the pictures one after the other on the application's own event loop: nothing here waits.
class Photographer final : public QObject {
public:
    explicit Photographer(const QString &folder)
        : m_folder(folder)
    {
        m_pool.setMaxThreadCount(4);
        m_step.setInterval(30ms);
        connect(&m_step, &QTimer::timeout, this, &Photographer::goOn);
        const QLocale english(QLocale::English, QLocale::UnitedKingdom);
        m_variants = {{u"light"_s, english, Qt::ColorScheme::Light},
            {u"dark"_s, english, Qt::ColorScheme::Dark},
            {u"de"_s, QLocale(QLocale::German), Qt::ColorScheme::Light},
            {u"ar"_s, QLocale(QLocale::Arabic), Qt::ColorScheme::Light}};
        // A home of its own: what is in the pictures does not depend on who takes them.
        qputenv("HOME", QFile::encodeName(m_scratch.path()));
        for (const QString &project : {u"work/speech-demo"_s, u"work/llm-tune"_s})
            QDir(m_scratch.path()).mkpath(project);
        m_step.start();
        nextScene();
    }
    int taken() const { return m_taken; }
    const std::optional<Error> &error() const { return m_error; }

private:
    void nextScene()
    {
        if (!m_scenes.empty() && m_scene == m_scenes.size()) {
            m_scene = 0;
            m_scenes.clear();
            ++m_variant;
        }
        if (m_variant == m_variants.size()) {
            QCoreApplication::quit();
            return;
        }
        const Variant &variant = m_variants[m_variant];
        if (m_scenes.empty()) {
            installTranslations(variant.locale);
            setColorScheme(variant.scheme);
            m_scenes = allScenes();
        }
        m_act = 0;
        m_quiet = 0;
        m_settings = std::make_unique<QSettings>(
            m_scratch.filePath(u"settings-%1.ini"_s.arg(m_taken)), QSettings::IniFormat);
        rememberProjects();
        m_stage = std::make_unique<Stage>();
        m_scenes[m_scene].set(*m_stage);
        m_window = std::make_unique<MainWindow>(
            m_stage->work(), *m_settings, m_pool, m_scratch.filePath(u"sample"_s));
        m_window->resize(QSize(1180, 800) * m_scenes[m_scene].scale);
        m_window->show();
    }

    void rememberProjects()
    {
        const QString home = QDir::homePath();
        const std::pair<QString, QString> projects[] = {{home + u"/work/speech-demo"_s, u"speech-demo"_s},
            {home + u"/work/llm-tune"_s, u"llm-tune"_s}, {home + u"/old/segmenter"_s, u"segmenter"_s}};
        m_settings->beginWriteArray("recent"_L1);
        for (int row = 0; const auto &[path, name] : projects) {
            m_settings->setArrayIndex(row++);
            m_settings->setValue("path"_L1, path);
            m_settings->setValue("name"_L1, name);
        }
        m_settings->endArray();
    }

    /// A few quiet steps in a row mean that nothing is under way except what the scene holds back.
    void goOn()
    {
        if (!m_window)
            return;
        const Session &session = m_window->session();
        const bool isWorking = session.computer().isRunning() || session.overview().isRunning()
            || session.proposal().isRunning() || session.applied().isRunning() || session.check().isRunning();
        m_quiet = isWorking && !m_stage->isHolding() ? 0 : m_quiet + 1;
        if (m_quiet < 3)
            return;
        m_quiet = 0;
        if (m_act < m_scenes[m_scene].acts.size()) {
            m_scenes[m_scene].acts[m_act++](*m_window);
            return;
        }
        keepPicture();
        m_window.reset();
        m_stage->release();
        m_pool.waitForDone();
        ++m_scene;
        nextScene();
    }

    void keepPicture()
    {
        QPixmap picture = m_window->grab();
        for (const QDialog *dialog : m_window->findChildren<QDialog *>()) {
            if (dialog->isVisible())
                layOver(picture, *dialog);
        }
        const QString path =
            u"%1/%2-%3.png"_s.arg(m_folder, m_scenes[m_scene].name, m_variants[m_variant].suffix);
        if (!picture.save(path))
            m_error = Error(ErrorKind::Denied,
                QCoreApplication::translate("Screenshots", "“%1” could not be written").arg(path));
        ++m_taken;
    }

    /// Dialogs are windows of their own; in the picture they lie where a desktop would put them.
    void layOver(QPixmap &picture, const QDialog &dialog)
    {
        QPixmap sheet = const_cast<QDialog &>(dialog).grab();
        QPainter painter(&picture);
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90));
        const QPoint corner(
            (m_window->width() - dialog.width()) / 2, (m_window->height() - dialog.height()) / 2);
        painter.drawPixmap(corner, sheet);
        painter.setPen(hairline(dialog.palette()));
        painter.drawRect(QRect(corner, dialog.size()));
    }

    QString m_folder;
    QThreadPool m_pool;
    QTimer m_step;
    QTemporaryDir m_scratch;
    QList<Variant> m_variants;
    qsizetype m_variant = 0;
    std::vector<Scene> m_scenes;
    std::size_t m_scene = 0;
    std::size_t m_act = 0;
    int m_quiet = 0;
    int m_taken = 0;
    std::optional<Error> m_error;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

Result<int> takeScreenshots(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return std::unexpected(Error(ErrorKind::Denied,
            QCoreApplication::translate("Screenshots", "The folder “%1” could not be made").arg(folder)));
    QApplication::setFont(QFont(u"Noto Sans"_s, 10));
    QApplication::setQuitOnLastWindowClosed(false);
    Photographer photographer(folder);
    QApplication::exec();
    if (photographer.error())
        return std::unexpected(*photographer.error());
    return photographer.taken();
}

} // namespace sconce::ui
