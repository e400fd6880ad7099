import Runs

/// One way to train that a study compares with others.
struct StudyVariant: Sendable {
    /// Its name in tables and folders.
    let name: String
    /// The recipe that it changes.
    let recipe: String
    /// Changes to the recipe.
    let changes: [String]
    /// The way to train that it takes as many steps as; nothing for as many as fit into the time.
    var stepsOf: String?

    /// The recipe with its changes and what the whole study sets.
    func recipe(_ settings: [String]) throws(RecipeError) -> Recipe {
        try Recipe.load(recipe, overrides: changes + settings, catalog: Recipe.parts)
    }
}

/// A question that a study asks, and the ways to train that answer it.
struct StudyPart: Sendable {
    /// Its name in folders.
    let name: String
    /// The question, in one sentence.
    let question: String
    /// The share of the study's minutes that each run gets.
    var share = 1.0
    /// The ways to train; the others are compared with the first.
    let variants: [StudyVariant]

    /// Tasks on the discriminator and a refiner, alone and together, against the plain game.
    ///
    /// Labels are only there where classification is: nothing else would tie drawings to them.
    static func tasks(set: String) -> StudyPart {
        let noClasses = ["objective.tasks.classification=off", "model.conditional=false"]
        let noRestoration = ["objective.tasks.restoration=off"]
        let noRefiner = ["refiner=off", "optimizers.autoregressive=null"]
        func variant(_ name: String, _ changes: [String]) -> StudyVariant {
            StudyVariant(name: name, recipe: "midjourney-pixel", changes: shape(set) + changes)
        }
        let plain = variant("plain", noRefiner + noClasses + noRestoration)
        return StudyPart(
            name: "tasks-\(set)",
            question:
                "What do further tasks and a refiner do for a DCGAN's drawings? `plain-short` takes as many"
                + " steps as `all`.",
            variants: [
                plain,
                variant("classification", noRefiner + noRestoration),
                variant("restoration", noRefiner + noClasses),
                variant("both", noRefiner),
                variant("refiner", noClasses + noRestoration),
                variant("all", []),
                StudyVariant(
                    name: "plain-short",
                    recipe: plain.recipe,
                    changes: plain.changes,
                    stepsOf: "all"
                ),
            ]
        )
    }

    /// The refiner's own likelihood, learned in the joint loop and alone.
    static func likelihood(set: String) -> StudyPart {
        // As many pictures in a step as the refiner sees of the joint one's batch.
        let alone =
            [
                "model={family: gated-pixelcnn, width: 16, layers: 3, conditional: true}",
                "optimizers.generator.schedule=null", "training.batch=4",
            ] + pictures(set)
        return StudyPart(
            name: "likelihood-\(set)",
            question:
                "Does the joint loop cost the pixel model likelihood? `alone` has the same time,"
                + " `alone-short` takes as many steps as `joint`.",
            share: 0.25,
            variants: [
                StudyVariant(name: "joint", recipe: "midjourney-pixel", changes: shape(set)),
                StudyVariant(name: "alone", recipe: "pixelcnn", changes: alone),
                StudyVariant(
                    name: "alone-short",
                    recipe: "pixelcnn",
                    changes: alone,
                    stepsOf: "joint"
                ),
            ]
        )
    }

    /// A tokenizer with and without each task of its discriminator.
    static func tokenizer(set: String) -> StudyPart {
        let noClasses = "objective.tasks.classification=off"
        let noRestoration = "objective.tasks.restoration=off"
        func variant(_ name: String, _ changes: [String]) -> StudyVariant {
            StudyVariant(
                name: name,
                recipe: "midjourney",
                changes: ["model.likelihood=0"] + changes + tokens(set)
            )
        }
        return StudyPart(
            name: "tokenizer-\(set)",
            question: "What do the discriminator's tasks do for pictures made from their codes?",
            share: 0.3,
            variants: [
                variant("neither", [noClasses, noRestoration]),
                variant("classification", [noRestoration]),
                variant("restoration", [noClasses]),
                variant("both", []),
            ]
        )
    }

    /// The pixel recipe for a set, small and quick to learn, with a refiner that leaves time for the
    /// game: on a sixteenth of each batch.
    private static func shape(_ set: String) -> [String] {
        [
            "model.generator.widths=[128, 64, 32]", "model.discriminator.widths=[32, 64]",
            "refiner.width=16", "refiner.layers=3", "refiner.share=0.0625", "refiner.judged=0.25",
            "refiner.coarse=2",
            "objective.tasks.restoration.share=0.0625", "objective.task-ramp-images=5000",
            "optimizers.generator.learning-rate=8e-4",
            "optimizers.discriminator.learning-rate=8e-4",
            "objective.tasks.classification={weight: 0.2, generator-weight: 0.02}",
        ] + pictures(set) + (set == "cifar10" ? ["refiner.head=mixtures"] : [])
    }

    /// The set's pictures, where they are not digits.
    private static func pictures(_ set: String) -> [String] {
        set == "cifar10" ? ["data={set: cifar10, size: [32, 32], channels: 3}"] : []
    }

    /// What a set needs of the recipe over codes, which is for emoji.
    private static func tokens(_ set: String) -> [String] {
        switch set {
        case "mnist":
            [
                "data={set: mnist, size: [28, 28], channels: 1}",
                "model.tokenizer={widths: [32, 64], codes: 256}",
            ]
        case "cifar10":
            [
                "data={set: cifar10, size: [32, 32], channels: 3}",
                "model.tokenizer={widths: [48, 96], codes: 512}",
            ]
        default: []
        }
    }
}
