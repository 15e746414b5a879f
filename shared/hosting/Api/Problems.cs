using Microsoft.AspNetCore.Http;

namespace Sigma.Hosting.Api;

/// <summary>What is wrong with a request, as problem details (RFC 9457): the status, and a sentence for people.</summary>
public static class Problems
{
    /// <summary>Any.</summary>
    public static IResult Of(int status, string? detail) => Results.Problem(detail, statusCode: status);

    /// <summary>What was asked for is not there.</summary>
    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>What was sent is refused; a sentence for each fault, also one by one as <c>faults</c>.</summary>
    public static IResult Refused(IReadOnlyList<string> faults, int status = StatusCodes.Status422UnprocessableEntity) =>
        Results.Problem(string.Join("; ", faults), statusCode: status, extensions: [new("faults", faults.ToArray())]);

    /// <summary>Somebody else has changed it since it was read: read it again, and look whether the change is still wanted.</summary>
    public static IResult Outdated(string detail) => Of(StatusCodes.Status412PreconditionFailed, detail);
}
