// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include <QString>

namespace sconce::index {

/// A start or end tag of an HTML page.
struct HtmlTag {
    /// Lower case; "/a" for an end tag.
    QString name;
    /// Names in lower case, values with their entities replaced; the first of equal names counts.
    std::vector<std::pair<QString, QString>> attributes;

    /// Null where there is none; empty for one without a value.
    QString attribute(QStringView wanted) const;
};

/// Reads the tags of a page one after the other, as forgiving as browsers: values without quotes, white space
/// anywhere, upper case. Comments, <script> and <style> are passed over. Linear in the length of the page.
/// https://html.spec.whatwg.org/multipage/parsing.html#tokenization
class HtmlTokens {
public:
    explicit HtmlTokens(QStringView page)
        : m_page(page)
    {}
    std::optional<HtmlTag> next();

private:
    void skipComment();
    void skipContents(const QString &element);
    std::pair<QString, QString> attribute();
    QString value();
    void skipSpace();
    bool isAtEnd() const { return m_place >= m_page.size(); }

    QStringView m_page;
    qsizetype m_place = 0;
};

/// "&amp;" → "&", "&#x41;" → "A"; what is no entity stays.
QString withoutEntities(QStringView text);

} // namespace sconce::index
