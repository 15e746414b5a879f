using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Sigma.Gateway.Protobuf;

namespace Sigma.Gateway.Answers;

/// <summary>Answers OpenTelemetry's exporters in the encoding that they ask in.</summary>
internal static class OtlpAnswer
{
    public const string Json = "application/json", Protobuf = "application/x-protobuf";

    public const string WrongType = $"Content-Type must be {Protobuf} or {Json}";

    /// <summary>The encoding of a request; null for another.</summary>
    public static string? TypeOf(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type)
        ? type.MediaType.Value?.ToLowerInvariant() switch
        {
            Json => Json,
            Protobuf => Protobuf,
            _ => null,
        }
        : null;

    /// <summary>A google.rpc.Status, whose codes are gRPC's.</summary>
    public static Task Fail(HttpContext http, string type, int status, string message) => Fail(http, type, status, status switch
    {
        StatusCodes.Status401Unauthorized => 16,
        StatusCodes.Status403Forbidden => 7,
        StatusCodes.Status404NotFound => 5,
        StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests => 8,
        StatusCodes.Status503ServiceUnavailable => 14,
        _ => 3,
    }, message);

    /// <summary>What is not done here at all: gRPC's UNIMPLEMENTED.</summary>
    public static Task Unimplemented(HttpContext http, string type, string message) => Fail(http, type, StatusCodes.Status404NotFound, 12, message);

    static Task Fail(HttpContext http, string type, int status, int code, string message) => Answer.Write(http, status, type,
        type == Json ? JsonSerializer.SerializeToUtf8Bytes(new { code, message })
            : new ProtobufWriter().Number(1, code).Text(2, message).Written);
}
