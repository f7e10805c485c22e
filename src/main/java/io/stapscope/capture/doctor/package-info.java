/**
 * What this machine can trace and how to mend what it cannot. Entry class: {@link io.stapscope.capture.doctor.Doctor}.
 * Free of any framework: the command line uses it without starting the service.
 */
@NullMarked
package io.stapscope.capture.doctor;

import org.jspecify.annotations.NullMarked;
