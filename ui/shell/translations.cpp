// SPDX-License-Identifier: Apache-2.0
#include "shell/translations.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace sconce::ui {

void installTranslations(const QLocale &locale)
{
    const QList<QTranslator *> former =
        qApp->findChildren<QTranslator *>(u"sconce.translation"_s, Qt::FindDirectChildrenOnly);
    for (QTranslator *translator : former) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
    const auto install = [](const QLocale &language, const QString &name, const QString &folder) {
        auto *translator = new QTranslator(qApp);
        translator->setObjectName(u"sconce.translation"_s);
        if (translator->load(language, name, u"_"_s, folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    // English comes first: it holds the plural forms, and stands in where another language has no text.
    install(QLocale(QLocale::English), u"sconce"_s, u":/i18n"_s);
    install(locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    if (locale.language() != QLocale::English)
        install(locale, u"sconce"_s, u":/i18n"_s);
    QLocale::setDefault(locale);
    QGuiApplication::setLayoutDirection(locale.textDirection());
}

} // namespace sconce::ui
