using System.Text.Json;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Logs.Splunk;

/// <summary>
/// Splunk's HTTP Event Collector. A 200 says that the events are kept, so whoever asks for an acknowledgement has it already.
/// </summary>
internal sealed class SplunkEndpoint(Door door, LogIntake intake, KnownFields known, TimeProvider time)
{
    const string Protocol = "splunk", Json = "application/json", Channel = "X-Splunk-Request-Channel";
    const int MostAcknowledgements = 10_000;

    static readonly string[] Kinds = [IntegrationKind.Logs];

    // Ids need only differ from those before: from the time on, they do so after a restart too.
    long _acknowledgement = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Answers <c>/services/collector</c>, <c>/event</c> and <c>/event/1.0</c>.</summary>
    public Task Events(HttpContext http) => Take(http, (reader, body) => reader.ReadEvents(body));

    /// <summary>Answers <c>/services/collector/raw</c>, whose metadata is in the query.</summary>
    public Task Raw(HttpContext http) => Take(http, (reader, body) => reader.ReadRaw(body));

    /// <summary>Answers <c>/services/collector/ack</c>: whatever has an id is kept.</summary>
    public async Task Acknowledge(HttpContext http)
    {
        try
        {
            var delivery = await Open(http);
            if (ChannelOf(http) is null)
            {
                await Fail(http, SplunkFault.ChannelMissing);
                return;
            }
            var asked = Asked(delivery.Body.Span);
            if (asked is null)
                await Fail(http, SplunkFault.InvalidFormat);
            else
                await Write(http, StatusCodes.Status200OK, new { acks = asked.ToDictionary(id => id, _ => true) });
        }
        catch (RefusedException e)
        {
            await Refused(http, e);
        }
    }

    /// <summary>Answers <c>/services/collector/health</c>.</summary>
    public static Task Health(HttpContext http) => Write(http, StatusCodes.Status200OK, new { text = "HEC is healthy", code = 17 });

    async Task Take(HttpContext http, ReadBody read)
    {
        try
        {
            var delivery = await Open(http);
            SplunkException? wrong = null;
            var lines = await intake.Read(delivery, (to, body) =>
            {
                SplunkReader reader = new(to, known);
                foreach (var (name, value) in http.Request.Query)
                    if (name is "host" or "source" or "sourcetype" or "index")
                        reader.Default(name, value);
                try
                {
                    read(reader, body);
                }
                catch (SplunkException e)
                {
                    wrong = e;
                }
            }, http.RequestAborted);
            // Its senders take an event's number for this: those before it are kept.
            await intake.Keep(lines, Protocol, http.RequestAborted);
            if (wrong is not null)
                await Wrong(http, delivery, wrong);
            else if (ChannelOf(http) is null)
                await Write(http, StatusCodes.Status200OK, new { text = "Success", code = 0 });
            else
                await Write(http, StatusCodes.Status200OK, new { text = "Success", code = 0, ackId = Interlocked.Increment(ref _acknowledgement) });
        }
        catch (RefusedException e)
        {
            await Refused(http, e);
        }
    }

    async Task Wrong(HttpContext http, Delivery delivery, SplunkException wrong)
    {
        await intake.Malformed(delivery, new MalformedBodyException($"event {wrong.Number}, {wrong.Place}", wrong.Fault.Text), http.RequestAborted);
        if (wrong.Fault == SplunkFault.NoData)
            await Fail(http, wrong.Fault);
        else
            await Write(http, wrong.Fault.Status, new Dictionary<string, object>
            {
                ["text"] = wrong.Fault.Text, ["code"] = wrong.Fault.Code, ["invalid-event-number"] = wrong.Number,
            });
    }

    Task<Delivery> Open(HttpContext http) => door.Open(http, Kinds, null, http.Request.Query["token"].FirstOrDefault(), http.RequestAborted);

    static Task Refused(HttpContext http, RefusedException e)
    {
        Answer.Headers(http, e);
        return e.Refusal switch
        {
            Refusal.NoKey => Fail(http, SplunkFault.TokenRequired),
            Refusal.WrongKey or Refusal.NotHere or Refusal.Unknown or Refusal.WrongSignature => Fail(http, SplunkFault.InvalidToken),
            Refusal.TooMany or Refusal.Unavailable => Fail(http, SplunkFault.ServerBusy),
            _ => Write(http, e.Status, new { text = e.Message, code = SplunkFault.InvalidFormat.Code }),
        };
    }

    static string? ChannelOf(HttpContext http) =>
        http.Request.Headers[Channel].FirstOrDefault() is { Length: > 0 } header ? header
        : http.Request.Query["channel"].FirstOrDefault() is { Length: > 0 } query ? query
        : null;

    static HashSet<long>? Asked(ReadOnlySpan<byte> body)
    {
        try
        {
            var asked = JsonSerializer.Deserialize<Question>(body)?.acks;
            return asked is { Length: <= MostAcknowledgements } ? [.. asked] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static Task Fail(HttpContext http, SplunkFault fault) => Write(http, fault.Status, new { text = fault.Text, code = fault.Code });

    static Task Write(HttpContext http, int status, object body) => Answer.Write(http, status, Json, JsonSerializer.SerializeToUtf8Bytes(body));

    delegate void ReadBody(SplunkReader reader, ReadOnlySpan<byte> body);

    sealed record Question(long[]? acks);
}
