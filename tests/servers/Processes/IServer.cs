namespace Sigma.TestServers.Processes;

/// <summary>A server somewhere: in a process of ours, in a container of ours, or given to us.</summary>
internal interface IServer : IAsyncDisposable
{
    /// <summary>Where it comes from, for reports.</summary>
    string Origin { get; }

    int ProcessId { get; }

    bool IsRunning { get; }

    Task Start(CancellationToken ct);

    /// <summary>SIGKILL.</summary>
    Task Kill(CancellationToken ct);

    /// <summary>SIGTERM, and the time the server takes.</summary>
    Task Stop(CancellationToken ct);

    Task<string> LogTail(CancellationToken ct);
}
