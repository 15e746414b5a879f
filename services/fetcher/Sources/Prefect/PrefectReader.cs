using Microsoft.Extensions.Options;
using Sigma.Fetcher.Sources.Schedule;
using Sigma.Hosting.Http;

namespace Sigma.Fetcher.Sources.Prefect;

/// <summary>Makes the Prefect servers that the settings name.</summary>
internal sealed class PrefectReader(IOptions<FetcherOptions> options, ApiClients clients, TimeProvider time) : ISourceReader
{
    public IEnumerable<IPolledSource> Read() => options.Value.Prefect.Select(server =>
    {
        PrefectClient client = new(clients.Create($"prefect:{server.Name}", new() { CaFile = server.CaFile }),
            new(server.BaseUrl, server.AuthString, server.ApiKey), server.Patience, time);
        return new PrefectSource(server, client, new()
        {
            Name = server.Name, Kind = "prefect", Type = "prefect", About = $"runs of flows, told by {new Uri(server.BaseUrl).Host}",
            Turns = Turns.At(server.Every) with { Spread = true }, Timeout = server.Timeout, TellFailureAfter = server.UnknownAfter,
            Labels = new Dictionary<string, string> { ["prefect"] = server.Name },
            Failure = $"Prefect {server.Name} cannot be asked, so failed runs are not seen",
        });
    });
}
