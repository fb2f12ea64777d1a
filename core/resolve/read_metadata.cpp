// SPDX-License-Identifier: Apache-2.0
#include "resolve/read_metadata.h"

#include <QCoreApplication>

namespace sconce::resolve {

Result<std::variant<std::shared_ptr<const metadata::CoreMetadata>, Unusable>> readMetadata(
    Supply &supply, const metadata::IndexFile &file, const JobContext &context)
{
    context.progress().setLabel(QCoreApplication::translate("resolve", "Reading what it needs: %1 %2")
            .arg(file.package.text(), file.version.text()));
    auto metadata = supply.metadata(file, context);
    if (!metadata) {
        if (metadata.error().kind() != ErrorKind::BadInput)
            return std::unexpected(std::move(metadata).error());
        return Unusable{Unusable::Kind::Metadata, metadata.error().summary()};
    }
    if ((*metadata)->name != file.package
        || (*metadata)->version.withoutLocal() != file.version.withoutLocal()) {
        return Unusable{Unusable::Kind::Metadata,
            QCoreApplication::translate("resolve", "“%1” calls itself %2 %3")
                .arg(file.fileName, (*metadata)->name.text(), (*metadata)->version.text())};
    }
    return *std::move(metadata);
}

} // namespace sconce::resolve
