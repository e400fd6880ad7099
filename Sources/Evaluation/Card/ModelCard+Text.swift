import Foundation

extension ModelCard {
    /// The tables in Markdown.
    public var markdown: String {
        """
        | asked for | drawings | group | concept | among five | role | skin tone |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |
        \(rows.map(prompts).joined(separator: "\n"))

        | | FID-local ↓ | precision ↑ | recall ↑ | near-copies | distance to the nearest |
        | --- | ---: | ---: | ---: | ---: | ---: |
        \(rows.compactMap(distances).joined(separator: "\n"))

        Guidance:

        \(curve(guidance))

        Temperature:

        \(curve(temperature))
        """
    }

    private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }

    private func prompts(_ row: Row) -> String {
        let found = row.prompts
        let shares = [found.group, found.concept, found.conceptInFive, found.role, found.tone]
        return "| \(row.name) | \(found.drawings) | "
            + shares.map(percent).joined(separator: " | ") + " |"
    }

    private func distances(_ row: Row) -> String? {
        row.distances.map { "| \(row.name) | \(numbers($0)) |" }
    }

    private func numbers(_ found: DistanceFigures) -> String {
        String(
            format: "%.1f | %.3f | %.3f | %@ | %.3f",
            found.frechet,
            found.precision,
            found.recall,
            percent(found.copies),
            found.distance
        )
    }

    private func curve(_ rows: [Row]) -> String {
        let head = """
            | | group | among five | FID-local ↓ | precision ↑ | recall ↑ | near-copies | distance |
            | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """
        let lines = rows.map { row in
            "| \(row.name) | \(percent(row.prompts.group)) | \(percent(row.prompts.conceptInFive)) | "
                + (row.distances.map(numbers) ?? "") + " |"
        }
        return ([head] + lines).joined(separator: "\n")
    }
}
