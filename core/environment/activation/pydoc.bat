@rem SPDX-License-Identifier: Apache-2.0
@python -m pydoc %*
