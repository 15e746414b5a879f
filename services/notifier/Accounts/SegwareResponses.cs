using System.Globalization;
using System.Text.Json;
using Sigma.Notifier.Texts;
using Sigma.Segware;

namespace Sigma.Notifier.Accounts;

/// <summary>The fields of an account's response. Null is a field that is missing or cannot be read.</summary>
/// <param name="AccountCode">The code, as it is.</param>
/// <param name="CompanyId">The company.</param>
/// <param name="ClientGroup">The id of the group; empty when it says that there is none.</param>
/// <param name="TradeName">The name, one line; empty when it says that there is none.</param>
internal sealed record AccountResponse(string? AccountCode, long? CompanyId, string? ClientGroup, string? TradeName)
{
    /// <summary>Null when it is about no account.</summary>
    public static AccountResponse? Of(JsonElement answer)
    {
        var group = answer.Id("clientGroupId", out var unreadable);
        AccountResponse read = new(
            answer.Text("accountCode") is { } code && code.EndsWith(".0", StringComparison.Ordinal) ? code[..^2] : answer.Text("accountCode"),
            long.TryParse(answer.Id("companyId", out _), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var company)
                ? company : null,
            unreadable ? null : group ?? "",
            answer.Name("tradeName"));
        return read is { AccountCode: null, CompanyId: null, TradeName: null or "" } ? null : read;
    }
}

/// <summary>Reads names and ids from Segware's responses.</summary>
internal static class SegwareResponses
{
    /// <summary>A company's name; empty when it has none, null when the answer is about no company.</summary>
    public static string? CompanyName(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.String => Wrapped(answer),
        JsonValueKind.Object when answer.Name("tradeName") is { Length: > 0 } name => name,
        JsonValueKind.Object when answer.Id("id", out _) is not null => answer.Name("tradeName"),
        _ => null,
    };

    /// <summary>
    /// A name in one line, also when it is written as a number or holds half a character; empty when there is none, null when it cannot be read.
    /// </summary>
    public static string? Name(this JsonElement answer, string field)
    {
        if (OutsideText.Line(answer.TextReadable(field)) is { Length: > 0 } name)
            return name;
        answer.Text(field, out var fault);
        return fault is null ? "" : null;
    }

    /// <summary>An id, which may come as a number or as text: 101, 101.0 and "101" are one. Null when there is none.</summary>
    public static string? Id(this JsonElement answer, string field, out bool unreadable)
    {
        var text = answer.Text(field, out var fault);
        unreadable = fault is not null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number)
            ? number.ToString("0", CultureInfo.InvariantCulture) : text;
    }

    // The name itself, where an object with the name is usual.
    static string? Wrapped(JsonElement text)
    {
        using var answer = JsonDocument.Parse($"{{\"name\":{text.GetRawText()}}}");
        return answer.RootElement.Name("name");
    }
}
