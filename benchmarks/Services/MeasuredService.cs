using System.Diagnostics;
using Sigma.TestServers.Processes;

namespace Sigma.Benchmarks.Services;

internal sealed class MeasuredService(ServiceProcess service) : IAsyncDisposable
{
    public string Name => service.Name;
    public Process Process => service.Process;
    public Uri Url => service.Url;
    public MemorySamples Memory { get; } = new(service.Process);

    public Task Ready(CancellationToken ct) => service.Ready(ct);

    public async ValueTask DisposeAsync()
    {
        await Memory.DisposeAsync();
        await service.DisposeAsync();
    }
}
