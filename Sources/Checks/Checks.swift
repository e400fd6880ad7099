/// Stops the program with a message when a condition does not hold.
///
/// Takes the place of the standard library's function within this package, which says nothing in
/// release builds: a program that is wrong must say what it did.
@inline(__always)
package func precondition(
    _ condition: @autoclosure () -> Bool,
    _ message: @autoclosure () -> String = "",
    file: StaticString = #fileID,
    line: UInt = #line
) {
    guard condition() else { preconditionFailure(message(), file: file, line: line) }
}

/// Stops the program with a message, also in release builds.
@inline(never)
package func preconditionFailure(
    _ message: @autoclosure () -> String = "",
    file: StaticString = #fileID,
    line: UInt = #line
) -> Never {
    fatalError(message(), file: file, line: line)
}
