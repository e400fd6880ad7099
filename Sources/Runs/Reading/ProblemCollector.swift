/// Gathers what is wrong with a recipe, once for each path.
final class ProblemCollector {
    /// The parts that a recipe may name.
    let catalog: PartCatalog
    private(set) var problems: [RecipeProblem] = []

    init(catalog: PartCatalog = PartCatalog(families: [], losses: [])) {
        self.catalog = catalog
    }

    func add(_ problem: RecipeProblem) {
        guard !problems.contains(where: { $0.path == problem.path }) else { return }
        problems.append(problem)
    }

    /// Whether a path, or anything below it, has a problem.
    func hasProblem(under path: String) -> Bool {
        problems.contains {
            $0.path == path || $0.path.hasPrefix(path + ".") || $0.path.hasPrefix(path + "[")
        }
    }
}
