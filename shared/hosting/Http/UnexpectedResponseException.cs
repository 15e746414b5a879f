namespace Sigma.Hosting.Http;

/// <summary>The response has a success status but is an HTML page: a proxy sent it, and whether the API received the call is not known.</summary>
public sealed class UnexpectedResponseException(string reason) : Exception(reason)
{
    /// <summary>Throws when the answer is such a page, whatever it is labelled. Any other body, or none, is left to the caller.</summary>
    public static void ThrowIfPage(HttpResponseMessage response, ResponseBody body)
    {
        if (body.IsPage)
            throw new UnexpectedResponseException($"{(int)response.StatusCode} with a page instead of the API's answer");
    }
}
