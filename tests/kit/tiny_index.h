// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include <QByteArray>
#include <QStringList>

namespace sconce::kit {

/// A small valid wheel, made in memory.
struct TinyWheel {
    QString name;
    QString version;
    QString tag = QStringLiteral("py3-none-any");
    QStringList requiresDist = {};
    QString requiresPython = {};
    QStringList extras = {};
    /// Path in the wheel and contents; without any there is one module named after the wheel.
    std::vector<std::pair<QString, QByteArray>> files = {};
    QByteArray entryPoints = {};
    /// More lines of METADATA's head.
    QByteArray moreFields = {};

    QString fileName() const;
    QByteArray metadata() const;
    QByteArray bytes() const;
};

/// How a TinyIndex lists a file.
struct TinyListing {
    std::optional<QString> yanked = {};
    QString uploadTime = {};
    bool hasDigest = true;
    bool hasSize = true;
    /// A metadata file lies beside the wheel.
    bool hasMetadataFile = true;
};

/// A simple index of such wheels: its pages and files by path, for a server or a canned fetcher.
class TinyIndex {
public:
    enum class Format { Json, Html };
    explicit TinyIndex(Format format = Format::Json)
        : m_format(format)
    {}
    void add(const TinyWheel &wheel, const TinyListing &listing = {});

    struct Document {
        QByteArray type;
        QByteArray body;
    };
    /// "/simple/<name>/", "/files/<file>", "/files/<file>.metadata"; `base` comes in front of "/files/" in
    /// the pages.
    std::map<QByteArray, Document> documents(const QByteArray &base = {}) const;
    /// Gives all documents to an HttpServer ("") or a CannedFetcher ("https://pypi.test").
    template <class Server>
    void serveFrom(Server &server, const QByteArray &base = {}) const
    {
        for (const auto &[path, document] : documents(base))
            server.serve(base + path, document.body, document.type);
    }

private:
    struct Row {
        TinyWheel wheel;
        TinyListing listing;
    };
    QByteArray jsonPage(
        const QString &name, const std::vector<const Row *> &rows, const QByteArray &base) const;
    QByteArray htmlPage(
        const QString &name, const std::vector<const Row *> &rows, const QByteArray &base) const;

    Format m_format;
    std::vector<Row> m_rows;
};

} // namespace sconce::kit
