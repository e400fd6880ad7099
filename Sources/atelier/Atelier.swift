import ArgumentParser

/// The command `atelier`.
struct Atelier: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "atelier",
        abstract: "Trains image generators and draws with them.",
        discussion: """
            Exit status: 0 done, 1 something in the world was not as needed, 2 the command or the \
            recipe was wrong, 3 a check found something, 4 a loss was not finite or the players diverged, 130 and 143 \
            stopped by a signal after saving.

            Completion for your shell: atelier --generate-completion-script bash|zsh|fish
            """,
        version: Version.text,
        subcommands: [WorkerCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Create",
                subcommands: [
                    ImagineCommand.self, GridCommand.self, ExploreCommand.self, MixCommand.self,
                    WalkCommand.self, VideoCommand.self, AdvertsCommand.self, RerunCommand.self,
                    PreferCommand.self,
                ]
            ),
            CommandGroup(
                name: "Edit",
                subcommands: [
                    VaryCommand.self, InpaintCommand.self, OutpaintCommand.self, BlendCommand.self,
                    TileCommand.self, UpscaleCommand.self, RestoreCommand.self, StyleCommand.self,
                    TranslateCommand.self, SpritesCommand.self, ScansCommand.self, EditCommand.self,
                ]
            ),
            CommandGroup(
                name: "Train",
                subcommands: [
                    RecipesCommand.self, DataCommand.self, TrainCommand.self, ExportCommand.self,
                    SweepCommand.self, StudyCommand.self, BenchCommand.self,
                ]
            ),
            CommandGroup(
                name: "Evaluate",
                subcommands: [
                    EvaluateCommand.self, CardCommand.self, ExamCommand.self, NearestCommand.self,
                    RobustnessCommand.self, ReportCommand.self,
                ]
            ),
            CommandGroup(
                name: "Understand",
                subcommands: [
                    DescribeCommand.self, ShortenCommand.self, ExplainCommand.self,
                    ChangeCommand.self,
                    AttributesCommand.self, DirectionsCommand.self, ProjectCommand.self,
                    LookCommand.self, LayersCommand.self,
                ]
            ),
            CommandGroup(name: "Serve", subcommands: [ServeCommand.self]),
            CommandGroup(
                name: "Manage",
                subcommands: [ModelsCommand.self, InfoCommand.self, DoctorCommand.self]
            ),
        ]
    )

    /// Without a command: what most people want first.
    func run() async {
        KeptAnswer.say(
            """
            Atelier trains image generators and draws with them.

              atelier imagine "a red apple"          draw; the pictures come into the folder 'pictures'
              atelier serve                          the studio, in the browser
              atelier inpaint apple.png --mask m.png draw a part of a picture anew
              atelier recipes                        what can be trained, how long it takes, what it gives
              atelier train digits                   train one of them
              atelier models list                    models that others published, and what they need

            All commands: atelier --help. One of them: atelier help imagine.

            """
        )
    }
}
