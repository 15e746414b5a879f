namespace Sigma.Hosting.Http;

/// <summary>The answer says that all is well, but it is a page for people: something before the API gave it, and nobody knows whether the API was asked at all.</summary>
public sealed class StrangeAnswerException(string reason) : Exception(reason)
{
    /// <summary>Throws when the answer is such a page, whatever it is labelled. Any other body, or none, is left to the caller.</summary>
    public static void ThrowIfPage(HttpResponseMessage response, AnswerBody body)
    {
        if (body.IsPage)
            throw new StrangeAnswerException($"{(int)response.StatusCode} with a page instead of the API's answer");
    }
}
