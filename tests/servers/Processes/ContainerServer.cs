using System.Globalization;

namespace Sigma.TestServers.Processes;

/// <summary>A server in a container; it keeps its data when it is killed and started again, and goes with its folder.</summary>
internal sealed class ContainerServer(PrivateFolder folder, string image, string[] options, string[] arguments) : IServer
{
    readonly string _name = $"sigma-{Path.GetFileName(folder.Path)}";
    bool _created;

    public string Origin => $"private, in a container of {image}";

    public int ProcessId { get; private set; }

    public bool IsRunning { get; private set; }

    public async Task Start(CancellationToken ct)
    {
        if (_created)
        {
            await Docker.Run(ct, "start", _name);
        }
        else
        {
            await File.WriteAllTextAsync(folder.Combine("server.container"), _name, ct);
            await Docker.Run(ct, ["run", "--detach", "--name", _name, .. options, image, .. arguments]);
            _created = true;
        }
        ProcessId = int.Parse(await Docker.Run(ct, "inspect", "--format", "{{.State.Pid}}", _name), CultureInfo.InvariantCulture);
        IsRunning = true;
    }

    public Task Kill(CancellationToken ct) => End("kill", ct);

    public Task Stop(CancellationToken ct) => End("stop", ct);

    public Task<string> LogTail(CancellationToken ct) => Docker.Run(ct, "logs", "--tail", "40", _name);

    /// <summary>The folder's cleaner removes the container.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task End(string verb, CancellationToken ct)
    {
        if (!IsRunning) return;
        await Docker.Run(ct, verb, _name);
        await Docker.Run(ct, "wait", _name);
        IsRunning = false;
    }
}
