using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Api;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Metrics;

/// <summary><c>/api/v1/metrics</c>: series and their values.</summary>
internal static class MetricsApi
{
    const int UsualPage = 100, LongestPage = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        var metrics = api.MapGroup("/metrics").WithTags("Metrics").WithServiceProblems().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        metrics.MapGet("/series", Series).WithName("ListSeries").WithSummary("Series by name and labels")
            .WithDescription("name: a name, or its beginning and a star. label: name=value, any number. Of the last day unless from and to say "
                + "otherwise.")
            .Produces<ServicePage<ArchivedSeries>>();
        metrics.MapGet("/samples", Samples).WithName("ListSamples").WithSummary("Values of series, in steps: mean, least and greatest")
            .WithDescription("As of series; step in seconds, at most 2,000 of them; at most 50 series.").Produces<ArchivedSamples>();
    }

    static async Task<IResult> Series(string? name, string[]? label, DateTimeOffset? from, DateTimeOffset? to, string? after, int? limit,
        ClaimsPrincipal user, SampleQuery samples, CancellationToken ct) => Labels(label) is { } labels
        ? Results.Ok(await samples.Series(new(name ?? "", labels, from, to), after, Math.Clamp(limit ?? UsualPage, 1, LongestPage),
            Caller.Of(user), ct))
        : Refused();

    static async Task<IResult> Samples(string? name, string[]? label, DateTimeOffset? from, DateTimeOffset? to, double? step, ClaimsPrincipal user,
        SampleQuery samples, CancellationToken ct) => Labels(label) is { } labels
        ? Results.Ok(await samples.Samples(new(name ?? "", labels, from, to), step, Caller.Of(user), ct)) : Refused();

    /// <summary>Pairs with an equals sign; null when one has none, or is there twice.</summary>
    internal static Dictionary<string, string>? Labels(IEnumerable<string>? pairs)
    {
        Dictionary<string, string> labels = [];
        foreach (var pair in pairs ?? [])
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value] || !labels.TryAdd(name, value))
                return null;
        return labels;
    }

    static IResult Refused() =>
        Problems.Refused(["label is a name, an equals sign and a value, and each name is there once"], StatusCodes.Status400BadRequest);
}
