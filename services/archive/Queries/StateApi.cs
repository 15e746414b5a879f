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
                of.Days.Count == 0 ? null : of.Days[^1], folder.BytesOf(of.Kind), folder.AsideOf(of.Kind).Count))], folder.FreeBytes())));
}

/// <summary>What the archive has.</summary>
/// <param name="Logs">Where lines are: <c>embedded</c> or <c>opensearch</c>.</param>
/// <param name="Samples">Where samples are: <c>embedded</c> or <c>remote</c>.</param>
/// <param name="Kinds">The files, by kind.</param>
/// <param name="FreeBytes">Bytes that are free on the disk; null where the system does not say.</param>
internal sealed record ArchiveState(string Logs, string Samples, IReadOnlyList<KindState> Kinds, long? FreeBytes);

/// <summary>The files of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Days">Days of which there is a file.</param>
/// <param name="Oldest">The oldest of these.</param>
/// <param name="Bytes">Bytes on the disk.</param>
/// <param name="Damaged">Damaged files that were put aside.</param>
internal sealed record KindState(string Kind, int Days, DateOnly? Oldest, long Bytes, int Damaged);
