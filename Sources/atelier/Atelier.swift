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
        subcommands: [
            ImagineCommand.self, GridCommand.self, RerunCommand.self, PreferCommand.self,
            TrainCommand.self,
            ExportCommand.self, EditCommand.self, VaryCommand.self, InpaintCommand.self,
            OutpaintCommand.self,
            UpscaleCommand.self, RestoreCommand.self, TranslateCommand.self, StyleCommand.self,
            AdvertsCommand.self, SpritesCommand.self, ScansCommand.self, BlendCommand.self,
            TileCommand.self,
            VideoCommand.self,
            DescribeCommand.self,
            NearestCommand.self, ShortenCommand.self, MixCommand.self, ProjectCommand.self,
            DirectionsCommand.self, ExplainCommand.self, LookCommand.self, LayersCommand.self,
            ChangeCommand.self, AttributesCommand.self, WalkCommand.self, ExploreCommand.self,
            CardCommand.self, ExamCommand.self, EvaluateCommand.self, ReportCommand.self,
            RobustnessCommand.self,
            DataCommand.self, ModelsCommand.self, RecipesCommand.self, InfoCommand.self,
            DoctorCommand.self,
            BenchCommand.self, StudyCommand.self, SweepCommand.self, ServeCommand.self,
            WorkerCommand.self,
        ]
    )
}
