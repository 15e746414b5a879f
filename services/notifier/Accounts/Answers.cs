using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sigma.Notifier.Accounts;

internal sealed record AccountAnswer(
    [property: JsonConverter(typeof(TextOrNumber))] string? AccountCode, long? CompanyId, long? ClientGroupId, string? TradeName);

internal sealed record CompanyAnswer(string? TradeName);

internal sealed record ClientGroupAnswer(long? Id, string? Name);

/// <summary>Identifiers come as JSON strings or as numbers.</summary>
internal sealed class TextOrNumber : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? JsonElement.ParseValue(ref reader).GetRawText() : reader.GetString();

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
