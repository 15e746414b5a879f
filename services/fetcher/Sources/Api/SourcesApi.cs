using System.Globalization;
using Sigma.Fetcher.Sources.Probes;
using Sigma.Hosting.Api;

namespace Sigma.Fetcher.Sources.Api;

/// <summary>
/// How the sources are that are polled beside Segware, and what each was like the last times: the same from whichever fetcher is asked.
/// </summary>
internal static class SourcesApi
{
    const int Longest = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sources", All);
        app.MapGet("/sources/{name}", One);
        app.MapGet("/sources/{name}/history", History);
        app.MapGet("/probes", (ProbeCatalogue probes) => Results.Ok(new ShownProbes([.. probes.Kinds.Select(kind =>
            new ShownProbe(kind.Name, kind.Description, kind.From))], probes.Faults)));
    }

    static async Task<IResult> All(SourceSet sources, SourceHistory history, CancellationToken ct) =>
        Results.Ok(new Page<ShownSource>(await history.Shown(sources.All, null, ct), null));

    static async Task<IResult> One(string name, SourceSet sources, SourceHistory history, CancellationToken ct) =>
        sources.Find(name) is { } source ? Results.Ok((await history.Shown([source], source.Plan.Name, ct))[0]) : NotThere(name);

    static async Task<IResult> History(string name, string? after, int? limit, SourceSet sources, SourceHistory history, CancellationToken ct)
    {
        if (sources.Find(name) is not { } source)
            return NotThere(name);
        var before = long.MaxValue;
        if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Problems.Of(StatusCodes.Status400BadRequest, "after is what the page before said as next.");
        if (limit is < 1 or > Longest)
            return Problems.Of(StatusCodes.Status400BadRequest, $"limit is a whole number from 1 to {Longest}.");
        return Results.Ok(await history.Runs(source.Plan.Name, before, limit ?? 50, ct));
    }

    static IResult NotThere(string name) => Problems.NotFound($"There is no source {name}.");
}
