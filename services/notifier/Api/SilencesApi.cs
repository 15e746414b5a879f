using Sigma.Hosting.Api;
using Sigma.Notifier.Queries;

namespace Sigma.Notifier.Api;

/// <summary>The silences and maintenance windows, as <c>sigma silences</c>.</summary>
internal static class SilencesApi
{
    const int Most = 1000;

    public static void Map(IEndpointRouteBuilder app)
    {
        var silences = app.MapGroup("/silences");
        silences.MapGet("", List);
        silences.MapPost("", Add);
        silences.MapPost("/preview", Preview);
        silences.MapPost("/{id:guid}/end", End);
    }

    static async Task<IResult> List(bool? all, SilenceCommands silences, CancellationToken ct) =>
        Results.Ok(new SilencesAnswer(await silences.All(all ?? false, Most, ct), await silences.Windows(ct)));

    static async Task<IResult> Add(SilenceOrder body, SilenceCommands silences, TimeProvider time, CancellationToken ct)
    {
        NewSilence silence = new(body.Matchers, body.From ?? time.GetUtcNow(), body.Until, body.By, body.Why) { Id = body.SilenceId };
        if (silences.Faults(silence).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults);
        return Results.Ok(new SilenceAnswer(await silences.Add(silence, ct)));
    }

    static async Task<IResult> Preview(SilencePreview body, SilenceCommands silences, CancellationToken ct) =>
        SilenceCommands.Fault(body.Matchers) is { } fault ? Problems.Refused([$"a matcher {fault}"])
            : Results.Ok(await silences.Preview(body.Matchers, ct));

    static async Task<IResult> End(Guid id, SilenceEnd body, SilenceCommands silences, CancellationToken ct)
    {
        if (Person.Fault(body.By) is { } fault)
            return Problems.Refused([fault]);
        if (silences.SettingOf(id) is { } setting)
            return Problems.Refused([$"it is {setting} of the settings, and can be ended there alone"], StatusCodes.Status409Conflict);
        return await silences.End(id, body.By, ct) ? Results.NoContent()
            : Problems.NotFound($"No silence {id} lasts or is to begin.");
    }
}

/// <summary>Those that last or are to begin, and the maintenance windows.</summary>
internal sealed record SilencesAnswer(IReadOnlyList<FoundSilence> Silences, IReadOnlyList<FoundWindow> Maintenance);

/// <summary>A silence to be added; one that is sent again with the same id is the same.</summary>
internal sealed record SilenceOrder(IReadOnlyList<string> Matchers, DateTimeOffset Until, string By, string Why, DateTimeOffset? From = null,
    Guid? SilenceId = null);

/// <summary>The silence that was added.</summary>
internal sealed record SilenceAnswer(Guid SilenceId);

/// <summary>Which alerts a silence would be of.</summary>
internal sealed record SilencePreview(IReadOnlyList<string> Matchers);

/// <summary>Who ends it.</summary>
internal sealed record SilenceEnd(string By);
