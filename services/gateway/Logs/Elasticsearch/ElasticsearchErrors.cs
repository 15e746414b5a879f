using Sigma.Gateway.Intake;

namespace Sigma.Gateway.Logs.Elasticsearch;

/// <summary>Answers errors of whole requests in the way of Elasticsearch, whose own kinds of error shippers look at.</summary>
internal static class ElasticsearchErrors
{
    public const string Json = "application/json";

    /// <summary>The answer to a request that is not taken.</summary>
    public static IResult Of(HttpContext http, RefusedException e)
    {
        RetryLater.Set(http, e);
        if (e.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"security\", charset=\"UTF-8\"";
        var cause = new { type = Type(e.Refusal), reason = e.Message };
        return Results.Json(new { error = new { root_cause = new[] { cause }, cause.type, cause.reason }, status = e.Status },
            statusCode: e.Status, contentType: Json);
    }

    static string Type(Refusal refusal) => refusal switch
    {
        Refusal.NoKey or Refusal.WrongKey or Refusal.WrongSignature or Refusal.NotHere => "security_exception",
        Refusal.Unknown => "resource_not_found_exception",
        Refusal.TooLarge => "content_too_long_exception",
        Refusal.TooMany => "es_rejected_execution_exception",
        Refusal.Unavailable => "unavailable_shards_exception",
        _ => "illegal_argument_exception",
    };
}
