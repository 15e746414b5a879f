using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>Parameters of the probe <c>tcp</c>.</summary>
public sealed class TcpParameters
{
    /// <summary>Name or address of the machine.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>The port.</summary>
    [Required, Range(1, 65535)]
    public int? Port { get; set; }
}

/// <summary>Connects, and says how long that took.</summary>
internal sealed class TcpProbe(TimeProvider time) : Probe<TcpParameters>
{
    public override string Name => "tcp";

    public override string Description => "connects to a port: how long that takes";

    protected override async Task<ProbeAnswer> Check(TcpParameters parameters, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(parameters.Host, parameters.Port!.Value, ct);
            return ProbeAnswer.Up(new ProbeSample("probe_latency_seconds", time.GetElapsedTime(started).TotalSeconds));
        }
        catch (SocketException e)
        {
            return ProbeAnswer.Down($"no connection to {parameters.Host}:{parameters.Port}: {e.Message}");
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ProbeAnswer.Down($"no connection to {parameters.Host}:{parameters.Port} in time");
        }
    }
}
