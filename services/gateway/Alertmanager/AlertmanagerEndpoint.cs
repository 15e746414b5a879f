using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Hosting.Alertmanager;

namespace Sigma.Gateway.Alertmanager;

/// <summary>
/// Alertmanager's API, version 2, for Prometheus, vmalert, amtool and Karma: alerts are taken in and listed, silences are read and written. Each key
/// sees its own integration's alone.
/// </summary>
internal sealed class AlertmanagerEndpoint(Door door, ConditionIntake intake, UnreadBodies unread, AlertList alerts,
    IntegrationSilences silences, TimeProvider time, IOptions<GatewayOptions> options)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly DateTimeOffset _since = time.GetUtcNow();

    /// <summary>Takes alerts in: 200 without a body once they are kept, 400 when one of them was wrong, though the others are kept.</summary>
    public Task Post(HttpContext http) => Respond(http, async delivery => await Keep(http, delivery) is { } fault
        ? Write(http, StatusCodes.Status400BadRequest, fault) : Empty(http));

    /// <summary>The same for clients of version 1.</summary>
    public Task PostVersion1(HttpContext http) => Respond(http, async delivery => await Keep(http, delivery) is { } error
        ? Write(http, StatusCodes.Status400BadRequest, new { status = "error", errorType = "bad_data", error })
        : Write(http, StatusCodes.Status200OK, new { status = "success" }));

    public Task Alerts(HttpContext http) => Respond(http, async delivery => Write(http, StatusCodes.Status200OK,
        await alerts.Find(delivery.Integration, AlertFilter.Of(http.Request.Query), http.RequestAborted)));

    public Task Groups(HttpContext http) => Respond(http, async delivery => Write(http, StatusCodes.Status200OK,
        await alerts.Groups(delivery.Integration, AlertFilter.Of(http.Request.Query), http.RequestAborted)));

    public Task Silences(HttpContext http) => Respond(http, async delivery =>
    {
        var wanted = AlertFilter.Of(http.Request.Query).Matchers;
        var all = await silences.All(delivery.Integration.Name, http.RequestAborted);
        return Write(http, StatusCodes.Status200OK, all.Where(silence => wanted.All(matcher =>
            silence.Matchers.Any(other => other.Name.Equals(matcher.Name, StringComparison.OrdinalIgnoreCase) && matcher.Fits(other.Value)))));
    });

    public Task Silence(HttpContext http, Guid id) => Respond(http, async delivery =>
        (await silences.All(delivery.Integration.Name, http.RequestAborted)).FirstOrDefault(silence => silence.Id == id.ToString()) is { } found
            ? Write(http, StatusCodes.Status200OK, found) : NotFound(http, id));

    public Task PutSilence(HttpContext http) => Respond(http, async delivery =>
    {
        var posted = ReadSilence(delivery.Body.Span);
        try
        {
            return Write(http, StatusCodes.Status200OK,
                new { silenceID = await silences.Put(delivery.Integration.Name, posted, http.RequestAborted) });
        }
        catch (KeyNotFoundException)
        {
            return Write(http, StatusCodes.Status404NotFound, $"silence {posted.Id} not found");
        }
    });

    public Task DeleteSilence(HttpContext http, Guid id) => Respond(http, async delivery =>
        await silences.End(delivery.Integration.Name, id, http.RequestAborted) ? Empty(http) : NotFound(http, id));

    public Task Status(HttpContext http) => Respond(http, _ => Task.FromResult(Write(http, StatusCodes.Status200OK, ServerStatus.Of(_since))));

    public Task Receivers(HttpContext http) =>
        Respond(http, _ => Task.FromResult(Write(http, StatusCodes.Status200OK, new[] { new ReceiverName(AlertList.Receiver) })));

    async Task<string?> Keep(HttpContext http, Delivery delivery)
    {
        ClientAlerts posted = new(delivery.Integration, delivery.ReceivedAt, options.Value.Alertmanager.ResolveTimeout);
        try
        {
            posted.Read(delivery.Body.Span);
            if (posted.Alerts.Count == 0 && posted.Faults is [var only, ..])
                throw new MalformedBodyException(only[..only.IndexOf(": ", StringComparison.Ordinal)],
                    only[(only.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }
        catch (MalformedBodyException e)
        {
            await intake.KeepMalformed(delivery, e.Place, e.Reason, http.RequestAborted);
            return e.Message;
        }
        try
        {
            if (posted.Alerts.Count > 0)
                await intake.Keep(delivery, new Reading { Items = posted.Alerts }, http.RequestAborted);
        }
        catch (InvalidOperationException e)
        {
            await unread.Keep(delivery, e.Message, http.RequestAborted);
        }
        return posted.Faults.Count == 0 ? null : string.Join("; ", posted.Faults);
    }

    static PostedSilence ReadSilence(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<PostedSilence>(body, Json) ?? throw new FormatException("the body is no silence");
        }
        catch (JsonException e)
        {
            throw new FormatException($"the body is no silence: {e.Path}, line {e.LineNumber + 1}");
        }
    }

    // The answer is made first and written after, so that what goes wrong while it is made can still be told.
    async Task Respond(HttpContext http, Func<Delivery, Task<Task>> answer)
    {
        try
        {
            await await answer(await door.Open(http, [IntegrationKind.Alertmanager], null, null, http.RequestAborted));
        }
        catch (FormatException e)
        {
            await Write(http, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (ServiceException e)
        {
            if (e.Status == StatusCodes.Status503ServiceUnavailable)
                http.Response.Headers.RetryAfter = "5";
            await Write(http, e.Status, e.Message);
        }
        catch (RefusedException e)
        {
            Answer.Headers(http, e);
            // Its clients give up on 429.
            await Write(http, e.Refusal == Refusal.TooMany ? StatusCodes.Status503ServiceUnavailable : e.Status, e.Message);
        }
    }

    static Task NotFound(HttpContext http, Guid id) => Write(http, StatusCodes.Status404NotFound, $"silence {id} not found");

    static Task Empty(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        return Task.CompletedTask;
    }

    static Task Write<T>(HttpContext http, int status, T body) =>
        Answer.Write(http, status, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, Json));
}
