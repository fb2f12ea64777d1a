#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the authority and the server certificates that the test server shows.
set -e
cd "$(dirname "$0")"
new_key() { openssl ecparam -name prime256v1 -genkey -noout; }
new_key > key.pem
new_key > authority-key.tmp
new_key > stranger-key.tmp
dates="-not_before 20200101000000Z -not_after 21200101000000Z"
for who in authority stranger; do
    openssl req -x509 -new -key $who-key.tmp $dates -subj "/CN=Test $who" -addext basicConstraints=critical,CA:TRUE \
        -addext keyUsage=critical,keyCertSign -out $who.tmp
done
# sign STEM ISSUER NAMES [dates…]
sign() {
    stem=$1 issuer=$2 for=$3
    shift 3
    openssl req -new -key key.pem -subj "/CN=test server" -out request.tmp
    printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$for" > extensions.tmp
    openssl x509 -req -in request.tmp -CA $issuer.tmp -CAkey $issuer-key.tmp -CAcreateserial -extfile extensions.tmp "$@" -out $stem.pem
}
names=DNS:localhost,DNS:pypi.test,DNS:files.test,IP:127.0.0.1
sign good authority $names $dates
sign other-name authority DNS:elsewhere.test $dates
sign expired authority $names -not_before 20000101000000Z -not_after 20010101000000Z
sign unknown-authority stranger $names $dates
mv authority.tmp authority.pem
rm -f ./*.tmp ./*.srl
