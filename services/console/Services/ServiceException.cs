using System.Globalization;
using System.Resources;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Services;

/// <summary>Another service did not do what it was asked: a page says so in the part that asked, and the rest works.</summary>
/// <param name="service">Its name: <c>evaluator</c>, <c>notifier</c> or <c>fetcher</c>.</param>
/// <param name="failure">What went wrong.</param>
/// <param name="reason">The sentence, in English, for the API and the log: what the service said, or what came instead.</param>
/// <param name="status">The HTTP status it answered; null when there was no answer.</param>
/// <param name="faults">What is wrong, one by one, where the service says so.</param>
/// <param name="inner">What broke.</param>
public sealed class ServiceException(string service, ServiceFailure failure, string reason, int? status = null,
    IReadOnlyList<string>? faults = null, Exception? inner = null) : Exception(reason, inner)
{
    static readonly ResourceManager Texts = new(typeof(ServicesTexts));

    /// <summary>Name of the service.</summary>
    public string Service => service;

    /// <summary>What went wrong.</summary>
    public ServiceFailure Failure => failure;

    /// <summary>The HTTP status it answered; null when there was no answer.</summary>
    public int? Status => status;

    /// <summary>What is wrong, one by one; the message alone where the service says no more.</summary>
    public IReadOnlyList<string> Faults { get; } = faults is { Count: > 0 } ? faults : [reason];

    /// <summary>Whether somebody else has changed it since it was read.</summary>
    public bool IsOutdated => status == StatusCodes.Status412PreconditionFailed;

    /// <summary>Whether what was asked for is not there.</summary>
    public bool IsNotFound => status == StatusCodes.Status404NotFound;

    /// <summary>The status that the console's own API says: the service's word about the request, else 503.</summary>
    public int ApiStatus => failure == ServiceFailure.Refused && status is { } said and not StatusCodes.Status401Unauthorized
        ? said : StatusCodes.Status503ServiceUnavailable;

    /// <summary>The sentence for people, in the language of the page: <c>O avaliador não responde: …</c>.</summary>
    public string Text => failure == ServiceFailure.Refused && status is not StatusCodes.Status401Unauthorized ? Message
        : string.Format(CultureInfo.CurrentCulture, Word(failure.ToString()), Word(service), Message);

    static string Word(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? key;
}

/// <summary>What can go wrong with a question to another service.</summary>
public enum ServiceFailure
{
    /// <summary>The key of the internal API is not set here.</summary>
    NoKey,

    /// <summary>There was no answer: no connection, or it broke off.</summary>
    Unavailable,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>What came is no answer of the service, or only the beginning of one.</summary>
    Unexpected,

    /// <summary>It said no, and why.</summary>
    Refused,
}
