import ArgumentParser

/// How a command answers.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Answer in JSON on standard output; what is for people goes to standard error.")
    var json = false

    @Flag(name: [.short, .long], help: "Say nothing that was not asked for.")
    var quiet = false
}
