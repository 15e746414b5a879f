using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;

namespace Sigma.Cli.Errors;

/// <summary>A message in an error queue, with what its headers say of why it is there.</summary>
internal sealed class ErrorMessage(BasicGetResult got)
{
    // What MassTransit adds to a message that it moves, RabbitMQ to one that it delivers again, and its client to one that it sends.
    static readonly string[] Added = ["MT-Fault-", "MT-Host-", "MT-Reason", "x-delivery-count", "x-acquired-count", "x-dotnet-pub-seq-no"];

    public ulong DeliveryTag => got.DeliveryTag;
    public ReadOnlyMemory<byte> Body => got.Body;

    /// <summary>The sender's id; of a message without one, a name derived from its body.</summary>
    public string Id =>
        got.BasicProperties.MessageId is { Length: > 0 } id ? id : "body-" + Convert.ToHexStringLower(SHA256.HashData(Body.Span).AsSpan(0, 6));

    /// <summary>When it was put here, else when it was sent.</summary>
    public DateTimeOffset? At =>
        DateTimeOffset.TryParse(Header("MT-Fault-Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : got.BasicProperties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(got.BasicProperties.Timestamp.UnixTime) : null;

    public string? Exception => Header("MT-Fault-ExceptionType");
    public string? Reason => Header("MT-Fault-Message") ?? Header("MT-Reason");
    public string? Stack => Header("MT-Fault-StackTrace");
    public string? Consumer => Header("MT-Fault-ConsumerType");

    /// <summary>How often it was given back to its queue since it came.</summary>
    public long Looks => Value("x-delivery-count") is { } count ? Convert.ToInt64(count, CultureInfo.InvariantCulture) : 0;

    public IEnumerable<(string Name, string Value)> Headers =>
        (got.BasicProperties.Headers ?? new Dictionary<string, object?>()).Select(h => (h.Key, Text(h.Value)));

    /// <summary>The message's properties as its sender set them: id, trace and all, without what was added on its way here.</summary>
    public BasicProperties AsSent() => Without(name => Array.Exists(Added, added => name.StartsWith(added, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The message's properties with the reason it is here, and no looks counted.</summary>
    public BasicProperties AsFound() => Without(name => name.StartsWith("x-", StringComparison.OrdinalIgnoreCase));

    BasicProperties Without(Predicate<string> leftOut) => new(got.BasicProperties)
    {
        Headers = got.BasicProperties.Headers?.Where(h => !leftOut(h.Key)).ToDictionary(),
        Persistent = true,
        UserId = null, // the broker accepts none but ours
    };

    string? Header(string name) => Value(name) is { } value ? Text(value) : null;

    object? Value(string name) => got.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value : null;

    static string Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
