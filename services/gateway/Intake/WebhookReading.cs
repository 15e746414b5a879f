using Microsoft.Extensions.Options;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Intake;

/// <summary>What came of reading a body.</summary>
internal enum ReadResult
{
    /// <summary>It was understood.</summary>
    Understood,

    /// <summary>It cannot be understood.</summary>
    Malformed,

    /// <summary>Its signature does not hold.</summary>
    Refused,

    /// <summary>It could not be read, or its signature not be checked, by a fault that is not the body's: it is to be read again.</summary>
    Unread,
}

/// <summary>A body that was read.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Reading">What it says; null unless it was understood.</param>
/// <param name="Place">Where in it something is wrong.</param>
/// <param name="Reason">What is wrong.</param>
internal sealed record ReadBody(ReadResult Result, Reading? Reading = null, string? Place = null, string? Reason = null);

/// <summary>Reads bodies by the reader of their kind. What a reader throws never loses a delivery nor stops the next.</summary>
internal sealed class WebhookReading(IEnumerable<IWebhook> readers, ISignatureCheck signatures, IOptions<GatewayOptions> options,
    ILogger<WebhookReading> log)
{
    readonly Dictionary<string, IWebhook> _readers = readers.ToDictionary(reader => reader.Kind);

    /// <summary>Kinds that have a reader.</summary>
    public IReadOnlyCollection<string> Kinds => _readers.Keys;

    public async Task<ReadBody> Read(Delivery delivery, CancellationToken ct)
    {
        try
        {
            if (Depth(delivery.Body.Span) is { } tooDeep)
                return new(ReadResult.Malformed, Place: tooDeep, Reason: $"it has more than {options.Value.Limits.DeepestJson} levels");
            var reading = _readers[delivery.Integration.Kind].Read(new WebhookBody(delivery.Body, delivery.AllHeaders, delivery.ReceivedAt),
                delivery.Integration);
            if (reading.Items.Count > options.Value.Limits.MostItems)
                return new(ReadResult.Malformed, Place: "body",
                    Reason: $"it has {reading.Items.Count:#,0} pieces of news, more than {options.Value.Limits.MostItems:#,0}");
            return reading.Signature is { } check && await check(signatures, ct) is { } fault
                ? new(ReadResult.Refused, Reason: fault) : new(ReadResult.Understood, reading);
        }
        catch (MalformedBodyException e)
        {
            return new(ReadResult.Malformed, Place: e.Place, Reason: e.Reason);
        }
        catch (RefusedException e) when (e.Refusal == Refusal.WrongSignature)
        {
            return new(ReadResult.Refused, Reason: e.Message);
        }
        catch (AddressRefusedException e)
        {
            return new(e.IsFinal ? ReadResult.Refused : ReadResult.Unread, Reason: $"the signature cannot be checked: {e.Message}");
        }
        catch (Exception e) when (e is not RefusedException && !ct.IsCancellationRequested)
        {
            log.LogError(e, "The body of delivery {Delivery} of {Integration} cannot be read by a fault of the gateway; it is kept and read again",
                delivery.Id, delivery.Integration.Name);
            return new(ReadResult.Unread, Reason: $"{e.GetType().Name}: {e.Message}");
        }
    }

    // Readers of trees take memory for each level, so the levels are counted before.
    string? Depth(ReadOnlySpan<byte> body)
    {
        var (depth, deepest, inText) = (0, options.Value.Limits.DeepestJson, false);
        if (body.IndexOfAny((byte)'{', (byte)'[') is not (>= 0 and <= 8)) // after a byte order mark and blanks
            return null;
        for (var at = 0; at < body.Length; at++)
            switch (body[at])
            {
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'\\' when inText:
                    at++;
                    break;
                case (byte)'{' or (byte)'[' when !inText && ++depth > deepest:
                    return $"byte {at}";
                case (byte)'}' or (byte)']' when !inText:
                    depth--;
                    break;
            }
        return null;
    }
}
