namespace Sigma.Hosting.Http;

/// <summary>The answer says that all is well, but it is a page for people: something before the API gave it, and nobody knows whether the API was asked at all.</summary>
public sealed class StrangeAnswerException(string reason) : Exception(reason)
{
    /// <summary>Throws when the answer is such a page. Any other body, or none, is left to the caller.</summary>
    public static void ThrowIfPage(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
            throw new StrangeAnswerException($"{(int)response.StatusCode} with a page instead of the API's answer");
    }
}
