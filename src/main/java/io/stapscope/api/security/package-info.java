/**
 * Who may speak to the service: checks before routing, the login token, sessions. Entry class:
 * {@link io.stapscope.api.security.Gate}. On by default; nothing here can be switched off by a request.
 */
@NullMarked
package io.stapscope.api.security;

import org.jspecify.annotations.NullMarked;
