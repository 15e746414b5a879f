using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Texts;
using Sigma.OperatorConsole.Access;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Audit;

/// <summary>Writes down who did what and when, how it was before, and how it is after. What looks like a secret is left out of both.</summary>
public sealed class AuditLog(Database database, TimeProvider time, IHttpContextAccessor http)
{
    const int LongestWhat = 64, LongestBy = 100, LongestSubject = 255;

    // Bytes: the column takes 65,535.
    const int LongestJson = 60_000;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // pages escape it for what they are
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Within a transaction of somebody else's: it is written down if what was done is.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="by">Who.</param>
    /// <param name="what">What, for example <c>alert.acknowledge</c>.</param>
    /// <param name="subject">To what: an alert's id, a rule's or a user's name; null for nothing in particular.</param>
    /// <param name="before">How it was; null where it was not there.</param>
    /// <param name="after">How it is; null where it is not there any more.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task Write(DbSession session, Caller by, string what, string? subject, object? before, object? after, CancellationToken ct) =>
        session.Execute(
            """
            insert into console_audit(at, `by`, what, subject, `before`, `after`, address)
            values(@at, @by, @what, @subject, @before, @after, @address)
            """,
            new
            {
                at = time.Milliseconds(), by = by.Name.Truncate(LongestBy), what = what.Truncate(LongestWhat),
                subject = subject?.Truncate(LongestSubject), before = Text(before), after = Text(after), address = Address,
            }, ct);

    /// <summary>In a transaction of its own.</summary>
    public async Task Write(Caller by, string what, string? subject, object? before, object? after, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        await Write(session, by, what, subject, before, after, ct);
        await session.Commit(ct);
    }

    string? Address => TextOf(http.HttpContext?.Connection.RemoteIpAddress);

    /// <summary>An address, as the log has it.</summary>
    internal static string? TextOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();

    internal static string? Text(object? value)
    {
        if (value is null)
            return null;
        var node = JsonSerializer.SerializeToNode(value, value.GetType(), Json);
        if (node is null)
            return null;
        SecretNames.Mask(node);
        var text = node.ToJsonString(Json);
        return System.Text.Encoding.UTF8.GetByteCount(text) <= LongestJson ? text
            : new JsonObject { ["truncated"] = text.Truncate(LongestJson / 4) }.ToJsonString(Json); // a character is 4 bytes at most
    }
}
