namespace Sigma.TestServers.Processes;

/// <summary>A server named by the environment. Others may be using it, so it is never stopped from here.</summary>
internal sealed class GivenServer(string variable) : IServer
{
    public string Origin => $"given by {variable}";

    public int ProcessId => throw NotOurs();

    public bool IsRunning => true;

    public Task Start(CancellationToken ct) => Task.CompletedTask;

    public Task Kill(CancellationToken ct) => throw NotOurs();

    public Task Stop(CancellationToken ct) => throw NotOurs();

    public Task<string> LogTail(CancellationToken ct) => Task.FromResult($"(see the log of the server in {variable})");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    InvalidOperationException NotOurs() =>
        new($"The server {Origin} is shared: a test that stops its server must take one of its own with StartPrivate.");
}
