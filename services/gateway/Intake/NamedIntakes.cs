using Microsoft.Extensions.Options;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Hosting.Limits;

namespace Sigma.Gateway.Intake;

/// <summary>
/// <c>/in/{name}</c> and <c>/in/{name}/{key}</c>: bodies of webhooks, and of the kinds that have an <see cref="INamedIntake"/>. Stored before it is
/// answered; a body that nobody understands is stored too and answered with 400 and the place.
/// </summary>
internal sealed class NamedIntakes(Door door, WebhookReading reading, ConditionIntake intake, UnreadBodies unread, IEnumerable<INamedIntake> others)
{
    const int Requests = 1000;

    static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    readonly Dictionary<string, INamedIntake> _others = others.ToDictionary(other => other.Kind);

    public static void Map(IEndpointRouteBuilder app)
    {
        var limits = app.ServiceProvider.GetRequiredService<IOptions<GatewayOptions>>().Value.Limits;
        EndpointLimits own = new(Math.Max(limits.LargestBody, limits.LargestBatch), Within, Requests);
        foreach (var path in (string[])["/in/{name}", "/in/{name}/{key}"])
        {
            app.MapMethods(path, [HttpMethods.Post, HttpMethods.Put],
                (HttpContext http, string name, string? key, NamedIntakes all) => all.Take(http, name, key)).WithLimits(own);
            // Some look whether anybody is there before they send.
            app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head],
                (HttpContext http, string name, string? key, NamedIntakes all) => all.Greet(http, name, key)).WithLimits(own);
        }
    }

    async Task<IResult> Take(HttpContext http, string name, string? key)
    {
        var ct = http.RequestAborted;
        string? kind = null;
        try
        {
            var delivery = await door.Open(http, [.. reading.Kinds, .. _others.Keys], name, key ?? http.Request.Query["key"], ct);
            kind = delivery.Integration.Kind;
            return _others.TryGetValue(kind, out var other) ? await TakeOther(other, delivery, ct) : await TakeWebhook(http, delivery, ct);
        }
        catch (RefusedException e)
        {
            return RefusalAnswer.Of(http, e, kind);
        }
    }

    IResult Greet(HttpContext http, string name, string? key)
    {
        try
        {
            var integration = door.Admit(http, IntegrationKind.All, name, key);
            return Results.Json(new Dictionary<string, string> { ["integration"] = integration.Name, ["kind"] = integration.Kind });
        }
        catch (RefusedException e)
        {
            return RefusalAnswer.Of(http, e);
        }
    }

    async Task<IResult> TakeOther(INamedIntake other, Delivery delivery, CancellationToken ct)
    {
        try
        {
            return await other.Take(delivery, ct);
        }
        catch (MalformedBodyException e)
        {
            await intake.KeepMalformed(delivery, e.Place, e.Reason, ct);
            return Malformed(delivery, e.Place, e.Reason);
        }
    }

    async Task<IResult> TakeWebhook(HttpContext http, Delivery delivery, CancellationToken ct)
    {
        var read = await reading.Read(delivery, ct);
        switch (read.Result)
        {
            case ReadResult.Malformed:
                await intake.KeepMalformed(delivery, read.Place!, read.Reason!, ct);
                return Malformed(delivery, read.Place!, read.Reason!);
            case ReadResult.Refused:
                await intake.KeepRefused(delivery, read.Reason!, ct);
                return RefusalAnswer.Of(http, new RefusedException(Refusal.WrongSignature, read.Reason!));
            case ReadResult.Unread:
                await unread.Keep(delivery, read.Reason!, ct);
                return Results.Accepted();
            default:
                return await KeepUnderstood(delivery, read.Reading!, ct);
        }
    }

    async Task<IResult> KeepUnderstood(Delivery delivery, Reading understood, CancellationToken ct)
    {
        try
        {
            await intake.Keep(delivery, understood, ct);
        }
        catch (InvalidOperationException e)
        {
            await unread.Keep(delivery, e.Message, ct);
            return Results.Accepted();
        }
        return understood.Answer is { } answer ? Results.Json(answer, statusCode: understood.Status) : Results.StatusCode(understood.Status);
    }

    static IResult Malformed(Delivery delivery, string place, string reason) => Results.Problem(
        $"The body cannot be understood at {place}: {reason}. It is kept and can be replayed.", statusCode: StatusCodes.Status400BadRequest,
        extensions: [new("place", place), new("reason", reason), new("delivery", delivery.Id)]);
}
