// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "metadata/index_page.h"

namespace sconce::resolve {

/// The questions the solver asks. Answers come from an index, a cache or a test's map of packages. Thread-safe; each
/// question may block, and a question asked before is answered from memory.
class Supply {
public:
    virtual ~Supply() = default;
    /// Absent and Refused are answers; an error ends the resolution. `codesLikeAbsent` says which statuses count as Absent.
    virtual Result<metadata::PageAnswer> page(const metadata::IndexLocation &index, const names::PackageName &package, const JobContext &context) = 0;
    virtual Result<std::shared_ptr<const metadata::CoreMetadata>> metadata(const metadata::IndexFile &file, const JobContext &context) = 0;
    /// Hints that a question will come; return at once.
    virtual void expectPage(const metadata::IndexLocation &index, const names::PackageName &package) = 0;
    virtual void expectMetadata(const metadata::IndexFile &file) = 0;
};

} // namespace sconce::resolve
