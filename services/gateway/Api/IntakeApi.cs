using System.Globalization;
using System.Text;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Queries;
using Sigma.Hosting.Api;
using Sigma.Storage;

namespace Sigma.Gateway.Api;

/// <summary>What was delivered: raw, understood, and read again.</summary>
internal static class IntakeApi
{
    const int LongestPage = 500, UsualPage = 50;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/intake", List);
        app.MapGet("/intake/{id:long}", Show);
        app.MapPost("/intake/{id:long}/replay", Read);
    }

    static async Task<IResult> List(string? integration, string? state, long? after, int? limit, string? order, IntakeQuery query,
        CancellationToken ct)
    {
        if (order is not (null or "oldest" or "newest"))
            return Problems.Of(StatusCodes.Status400BadRequest, "order is oldest or newest.");
        var most = Math.Clamp(limit ?? UsualPage, 1, LongestPage);
        var found = await query.List(integration, state, after, order == "newest", most + 1, ct);
        return Results.Ok(new Page<DeliveryAnswer>([.. found.Take(most).Select(Of)],
            found.Count > most ? found[most - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    static async Task<IResult> Show(long id, IntakeQuery query, CancellationToken ct)
    {
        if (await query.Find(id, ct) is not { } found)
            return Problems.NotFound($"There is no delivery {id}; bodies are kept for some days.");
        var text = Text(found.Body);
        return Results.Ok(new BodyAnswer(Of(found.Delivery), found.Headers, text, text is null ? Convert.ToBase64String(found.Body) : null));
    }

    static async Task<IResult> Read(long id, Replay replay, CancellationToken ct)
    {
        if (await replay.Run(id, isFirstReading: false, ct) is not { } done)
            return Problems.NotFound($"There is no delivery {id}; bodies are kept for some days.");
        return done.State is { } state ? Results.Ok(new ReplayAnswer(state.Stored(), done.Items, done.Reason))
            : Problems.Refused([done.Reason!], StatusCodes.Status409Conflict);
    }

    static string? Text(byte[] body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static DeliveryAnswer Of(KeptDelivery kept) => new(kept.Id, kept.DeliveryId, kept.Integration, kept.Kind, kept.Via, kept.ReceivedAt, kept.State,
        kept.Place, kept.Reason, kept.Items, kept.Duplicates, kept.Tries, kept.BodyBytes, [.. kept.Understood.Select(ItemAnswer.Of)]);
}
