// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include "kit/zip_writer.h"

/// Archives that are odd or hostile in one way each, named by the rows of reliability.md § 6.A.
namespace sconce::kit {

struct ZipCase {
    QByteArray name;
    QByteArray archive;
    /// A part of the sentence that refuses it, or several, with “|” between; empty when it is accepted.
    QString refusal;
};

/// In the order of the catalogue.
std::vector<ZipCase> zipCatalogue();

} // namespace sconce::kit
