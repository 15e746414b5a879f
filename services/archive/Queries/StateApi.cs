using Microsoft.Extensions.Options;
using Sigma.Archive.Files;
using Sigma.Archive.Retention;

namespace Sigma.Archive.Queries;

/// <summary><c>GET /state</c>: what the archive has.</summary>
internal static class StateApi
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/state", (ArchiveFolder folder, IOptions<ArchiveOptions> options) =>
        Results.Ok(new ArchiveState(options.Value.Logs.OpenSearch.IsSet ? "opensearch" : "embedded",
            options.Value.Samples.IsRemote ? "remote" : "embedded",
            [.. DiskUse.Kinds.Select(kind => (Kind: kind, Days: folder.DaysOf(kind))).Select(of => new KindState(of.Kind, of.Days.Count,
                of.Days.Count == 0 ? null : of.Days[^1], folder.BytesOf(of.Kind)))])));
}

/// <summary>What the archive has.</summary>
internal sealed record ArchiveState(string Logs, string Samples, IReadOnlyList<KindState> Kinds);

/// <summary>The files of a kind.</summary>
internal sealed record KindState(string Kind, int Days, DateOnly? Oldest, long Bytes);
