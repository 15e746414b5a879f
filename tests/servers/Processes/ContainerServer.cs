using Docker.DotNet.Models;
using DotNet.Testcontainers.Containers;

namespace Sigma.TestServers.Processes;

/// <summary>A server in a container of Testcontainers; it keeps its data when it is killed and started again.</summary>
internal sealed class ContainerServer(IContainer container) : IServer
{
    public string Origin => $"private, in a container of {container.Image.FullName}";

    public int ProcessId { get; private set; }

    public bool IsRunning { get; private set; }

    public async Task Start(CancellationToken ct)
    {
        await container.StartAsync(ct);
        using var engine = DockerEngine.Connect();
        ProcessId = (int)(await engine.Containers.InspectContainerAsync(container.Id, ct)).State!.Pid;
        IsRunning = true;
    }

    public async Task Kill(CancellationToken ct)
    {
        if (!IsRunning) return;
        using (var engine = DockerEngine.Connect())
            await engine.Containers.KillContainerAsync(container.Id, new ContainerKillParameters { Signal = "SIGKILL" }, ct);
        await Stop(ct); // waits until the engine has seen the end
    }

    public async Task Stop(CancellationToken ct)
    {
        if (!IsRunning) return;
        await container.StopAsync(ct);
        IsRunning = false;
    }

    public async Task<string> LogTail(CancellationToken ct)
    {
        var (output, error) = await container.GetLogsAsync(timestampsEnabled: false, ct: ct);
        return string.Join(Environment.NewLine, $"{output}{Environment.NewLine}{error}".Split('\n').TakeLast(40));
    }

    public ValueTask DisposeAsync() => container.DisposeAsync();
}
