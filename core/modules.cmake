# SPDX-License-Identifier: Apache-2.0
# sconce_module(<name> [MOC] [USES <modules or libraries other modules may see>] [HIDES <used only inside .cpp files>])
#
# A module is one folder of core/ and one static library made of every .cpp and .h in it. Its headers can be
# included only by targets that name the module in USES or HIDES: the include path of a module is a directory in
# the build tree that holds a single link back to the module's folder, so no other folder is visible through it.
# MOC: for modules with Q_OBJECT classes.
include_guard(GLOBAL)

# Rules every target keeps, checks included.
add_library(sconce_basics INTERFACE)
target_compile_features(sconce_basics INTERFACE cxx_std_23)
target_compile_options(sconce_basics INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    -Wimplicit-fallthrough -Wno-missing-field-initializers -Werror=return-type -Werror=switch
    $<$<BOOL:${SCONCE_WERROR}>:-Werror>)
# Qt 6.8's QTRY_* macros narrow a chrono count, so these two stay out of tests/.
add_library(sconce_rules INTERFACE)
target_link_libraries(sconce_rules INTERFACE sconce_basics)
target_compile_options(sconce_rules INTERFACE -Wconversion -Wsign-conversion)
target_compile_definitions(sconce_basics INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS QT_NO_FOREACH
    QT_NO_CONTEXTLESS_CONNECT QT_ENABLE_STRICT_MODE_UP_TO=0x060800
    $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
if(SCONCE_SANITIZE)
    list(JOIN SCONCE_SANITIZE "," _san)
    target_compile_options(sconce_basics INTERFACE -fsanitize=${_san} -fno-omit-frame-pointer)
    target_link_options(sconce_basics INTERFACE -fsanitize=${_san})
endif()

# Three quarters of the time of a small file goes into these headers. Builds without this option (all but dev) show that
# each file includes what it uses.
if(SCONCE_PRECOMPILE)
    if(NOT EXISTS "${PROJECT_BINARY_DIR}/precompiled.cpp") # a new one would make everything anew
        file(WRITE "${PROJECT_BINARY_DIR}/precompiled.cpp" "")
    endif()
    add_library(sconce_precompiled OBJECT "${PROJECT_BINARY_DIR}/precompiled.cpp")
    set_target_properties(sconce_precompiled PROPERTIES AUTOMOC OFF)
    target_link_libraries(sconce_precompiled PRIVATE Qt6::Core sconce_basics)
    target_precompile_headers(sconce_precompiled PRIVATE
        <algorithm> <expected> <functional> <map> <memory> <mutex> <optional> <ranges> <set> <span> <stop_token>
        <unordered_map> <variant> <vector>
        <QByteArray> <QDateTime> <QHash> <QObject> <QString> <QStringList> <QUrl> <QVarLengthArray>)
endif()
function(sconce_precompile target)
    if(SCONCE_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM sconce_precompiled)
        # Programs would be compiled for another kind of position independence than the headers.
        set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
        target_compile_options(${target} PRIVATE -fPIC)
    endif()
endfunction()

function(sconce_module name)
    cmake_parse_arguments(ARG "MOC" "" "USES;HIDES" ${ARGN})
    foreach(used IN LISTS ARG_USES ARG_HIDES)
        if(used MATCHES "^sconce::" AND NOT TARGET ${used})
            message(FATAL_ERROR "core/${name} uses ${used}, which is not listed above it in core/CMakeLists.txt")
        endif()
    endforeach()
    set(view "${PROJECT_BINARY_DIR}/include-view/${name}")
    file(MAKE_DIRECTORY "${view}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${view}/${name}" SYMBOLIC)
    file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/*.h")
    add_library(module_${name} STATIC ${sources})
    set_target_properties(module_${name} PROPERTIES AUTOMOC ${ARG_MOC} LINKER_LANGUAGE CXX) # a module may be headers only
    add_library(sconce::${name} ALIAS module_${name})
    target_include_directories(module_${name} PUBLIC "${view}")
    target_link_libraries(module_${name} PUBLIC ${ARG_USES} PRIVATE ${ARG_HIDES} sconce_rules)
    sconce_precompile(module_${name})
endfunction()
