using System.Text;

namespace Sigma.Simulator.Slack;

/// <summary>Slack says what is wrong in one word of plain text.</summary>
internal static class SlackErrors
{
    /// <summary>What may be wrong with a hook, and the status that goes with it.</summary>
    public static readonly IReadOnlyDictionary<string, int> OfHooks = new Dictionary<string, int>
    {
        ["action_prohibited"] = StatusCodes.Status403Forbidden,
        ["channel_is_archived"] = StatusCodes.Status410Gone,
        ["channel_not_found"] = StatusCodes.Status404NotFound,
        ["invalid_token"] = StatusCodes.Status403Forbidden,
        ["no_service"] = StatusCodes.Status404NotFound,
        ["user_not_found"] = StatusCodes.Status400BadRequest,
    };

    public static IResult Of(int status, string word) => Results.Text(word, "text/html", Encoding.UTF8, status);

    public static IResult OfFault(int status) => Of(status, status switch
    {
        StatusCodes.Status429TooManyRequests => "rate_limited",
        >= StatusCodes.Status500InternalServerError => "rollup_error",
        _ => OfHooks.FirstOrDefault(error => error.Value == status).Key ?? "invalid_payload",
    });
}
