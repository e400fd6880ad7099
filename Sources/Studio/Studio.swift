import Files
import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The studio: a page and an interface over a store, a worker and training runs.
public struct Studio: Sendable {
    private let parts: StudioParts
    private let claim: FileClaim

    /// Opens a studio's folder; nothing runs yet.
    ///
    /// - Throws: `StudioError` for a folder in use or damaged, or an open address without a key.
    public init(_ configuration: StudioConfiguration, logger: Logger) throws {
        guard configuration.isLocal || !configuration.keys.isEmpty else {
            throw StudioError.keyNeeded(address: configuration.host)
        }
        try FileManager.default.createDirectory(
            at: configuration.data,
            withIntermediateDirectories: true
        )
        guard let claim = try FileClaim(configuration.data.appending(path: "studio.lock")) else {
            throw StudioError.inUse(path: configuration.data.path)
        }
        self.claim = claim
        let store = try StudioStore(configuration.data)
        let hub = EventHub()
        let worker = WorkerProcess(
            WorkerProcess.Launch(
                program: configuration.program,
                arguments: ["worker"] + configuration.workerArguments
            ),
            logger: logger
        )
        let counters = Counters()
        let models = ModelShelf(
            store,
            hub: hub,
            worker: worker,
            onDisk: configuration.modelsOnDisk,
            updates: configuration.updatesOnDisk
        )
        parts = StudioParts(
            configuration: configuration,
            store: store,
            hub: hub,
            worker: worker,
            queue: JobQueue(
                store,
                hub: hub,
                models: models,
                worker: worker,
                counters: counters,
                base: configuration.basePath,
                capacity: configuration.capacity,
                logger: logger
            ),
            models: models,
            training: TrainingRuns(
                configuration.runs,
                program: configuration.program,
                store: store,
                hub: hub,
                logger: logger
            ),
            sets: PictureSets(
                configuration.data.appending(path: "sets", directoryHint: .isDirectory),
                program: configuration.program
            ),
            fetches: ModelFetches(
                store,
                models: models,
                folder: configuration.models,
                program: configuration.program,
                hub: hub,
                logger: logger
            ),
            keys: KeyRing(configuration.keys),
            counters: counters,
            links: PictureLinks(life: configuration.linkLife),
            limit: RateLimit(perMinute: configuration.jobsPerMinute, burst: configuration.burst),
            rules: configuration.rules,
            logger: logger
        )
    }

    /// All routes behind all guards.
    func router(port: Int) throws -> Router<StudioContext> {
        let router = Router(context: StudioContext.self, options: .autoGenerateHeadEndpoints)
        let configuration = parts.configuration
        var hosts: Set<String> = []
        for name in ["127.0.0.1", "localhost", "[::1]", configuration.hostInAddresses] {
            hosts.insert("\(name.lowercased()):\(port)")
            if port == 80 { hosts.insert(name.lowercased()) }
        }
        for name in configuration.hostNames.map({ $0.lowercased() }) {
            // A proxy listens at the usual ports, which addresses leave out, or at one of its own.
            hosts.insert(name)
            hosts.insert("\(name):\(port)")
        }
        router.add(middleware: EnvelopeGuard(counters: parts.counters, logger: parts.logger))
        router.add(middleware: AddressGuard(hosts: hosts))
        router.add(middleware: KeyGuard(keys: parts.keys))
        StateRoutes(parts: parts).addOpen(to: router)
        try PageRoutes(parts: parts).add(to: router)
        OpenAPIRoutes(base: configuration.basePath).add(to: router)
        let api = router.group("api")
        StateRoutes(parts: parts).add(to: api)
        JobRoutes(parts: parts).add(to: api)
        AdvertRoutes(parts: parts).add(to: api)
        PictureRoutes(parts: parts).add(to: api)
        UploadRoutes(parts: parts).add(to: api)
        TranscriptionRoutes(parts: parts).add(to: api)
        FolderRoutes(parts: parts).add(to: api)
        ModelRoutes(parts: parts).add(to: api)
        FetchRoutes(parts: parts).add(to: api)
        SetRoutes(parts: parts).add(to: api)
        TrainingRoutes(parts: parts).add(to: api)
        ExplorationRoutes(parts: parts).add(to: api)
        EventRoutes(parts: parts).add(to: api)
        ImageRoutes(parts: parts).add(to: router.group("v1"))
        TranscriptionRoutes(parts: parts).addOpenAI(to: router.group("v1"))
        NeighbourRoutes(parts: parts).add(to: router.group("sdapi/v1"))
        return router
    }

    /// The address that a person opens; good for one visit where keys are set.
    public func startAddress(port: Int) -> String {
        let host = parts.configuration.hostInAddresses
        let base = "http://\(host):\(port)" + parts.configuration.basePath.address("/")
        guard parts.keys.isNeeded else { return base }
        let owner = parts.configuration.keys.keys.sorted().first ?? KeyOwner.admin
        return base + "enter?token=\(parts.keys.token(for: owner))"
    }

    /// The server with all that runs beside it.
    ///
    /// - Parameters:
    ///   - port: The port that requests name.
    ///   - ready: Told the address once it is open.
    /// - Returns: What can be run, or tested in memory.
    /// - Throws: `StudioError` where the page is missing.
    public func application(
        port: Int,
        ready: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let configuration = parts.configuration
        return Application(
            responder: BasePathResponder(
                base: configuration.basePath,
                inner: try router(port: port).buildResponder()
            ),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(30),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8192,
                        maxHeaderListSize: 16_384,
                        maxHeaderFieldCount: 100
                    )
                )
            ),
            configuration: .init(address: .hostname(configuration.host, port: port)),
            services: [StudioService(parts: parts)],
            onServerRunning: { channel in
                ready(startAddress(port: channel.localAddress?.port ?? port))
            },
            logger: parts.logger
        )
    }

    /// Serves until the program is asked to end, or the task is cancelled.
    ///
    /// - Parameters:
    ///   - heedsSignals: Whether signals end it: then they are the whole program's.
    ///   - ready: Told the address once it is open.
    /// - Throws: What keeps the address from being opened.
    public func run(
        heedsSignals: Bool = true,
        ready: @escaping @Sendable (String) -> Void
    ) async throws {
        await parts.prepare()
        let configuration = parts.configuration
        do {
            try await application(port: configuration.port, ready: ready)
                .runService(gracefulShutdownSignals: heedsSignals ? [.sigterm, .sigint] : [])
        } catch let error as IOError {
            let address = "\(configuration.hostInAddresses):\(configuration.port)"
            guard error.errnoCode == EADDRINUSE else {
                let reason = String(cString: strerror(error.errnoCode))
                throw StudioError.address(address, reason: reason)
            }
            throw StudioError.portTaken(
                address,
                holder: PortHolder.name(of: configuration.port),
                free: PortHolder.free(after: configuration.port)
            )
        }
        try parts.store.close()
    }
}

/// What runs beside the server: the queue and the watch over training runs.
struct StudioService: Service {
    let parts: StudioParts

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await parts.queue.run() }
            group.addTask { try? await parts.training.watch() }
            group.addTask { await parts.fetches.run() }
            await gracefulEnd()
            group.cancelAll()
            await parts.queue.ring()
            await parts.fetches.stop()
            await parts.worker.kill()
            await group.waitForAll()
        }
    }

    private func gracefulEnd() async {
        do { try await gracefulShutdown() } catch {}
    }
}

extension StudioParts {
    /// What must be done before the first request.
    func prepare() async {
        do {
            try await models.prepare()
            try await store.sweepDeleted()
        } catch {
            // The gallery is of use without a worker, too.
            logger.error("the bundled model does not answer", metadata: ["error": "\(error)"])
        }
    }
}
