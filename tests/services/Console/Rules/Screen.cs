#pragma warning disable BL0006 // how a page is built, which its framework may change: a test finds out
using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Rules;

/// <summary>A live page without a browser: what it shows, and what somebody types and clicks, in English.</summary>
internal sealed class Screen : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly LiveRenderer _renderer;
    HtmlRootComponent _page;

    Screen(ServiceProvider services)
    {
        _services = services;
        _renderer = new LiveRenderer(services, services.GetRequiredService<ILoggerFactory>());
    }

    /// <summary>Where it went.</summary>
    public string? WentTo => ((Addresses)_services.GetRequiredService<NavigationManager>()).WentTo;

    /// <summary>What it shows, without tags.</summary>
    public string Text => WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(Html, @"(\s|<[^>]*>)+", " "));

    /// <summary>What it shows.</summary>
    public string Html { get; private set; } = "";

    public static async Task<Screen> Open<T>(IServiceProvider console, Caller caller, string address) where T : IComponent
    {
        ReadEnglish();
        ServiceCollection services = new();
        foreach (var singleton in (Type[])[typeof(OperatorConsole.Rules.RuleBook), typeof(OperatorConsole.Rules.RuleEpisodes),
            typeof(OperatorConsole.Pages.Parts.PageTime), typeof(TimeProvider), typeof(ILoggerFactory), typeof(IStringLocalizerFactory),
            typeof(Microsoft.Extensions.Options.IOptions<OperatorConsole.ConsoleOptions>)])
            services.AddSingleton(singleton, console.GetRequiredService(singleton));
        services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        services.AddSingleton<NavigationManager>(new Addresses(address)).AddSingleton<IJSRuntime>(new NoScript());
        services.AddSupplyValueFromQueryProvider();
        ClaimsIdentity identity = new([new(ClaimTypes.Name, caller.Name), new(ClaimTypes.Role, caller.Role.ToString())], "test");
        if (caller.Limits.ToJson() is { } limits)
            identity.AddClaim(new(Caller.LimitsClaim, limits));
        services.AddCascadingValue(_ => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(identity))));
        Screen screen = new(services.BuildServiceProvider());
        await screen._renderer.Dispatcher.InvokeAsync(async () =>
        {
            screen._page = screen._renderer.BeginRenderingComponent(typeof(T), ParameterView.Empty);
            await Task.Yield();
        });
        return screen;
    }

    /// <summary>Waits until it shows a text.</summary>
    public Task Shows(string text) => Await.Until(async () =>
    {
        await Look();
        return Text;
    }, seen => seen.Contains(text, StringComparison.Ordinal), $"the page shows “{text}”");

    /// <summary>Somebody types into a field.</summary>
    public Task Type(string id, string text) => Dispatch(element => element.Attributes.GetValueOrDefault("id") as string == id
        || element.Attributes.GetValueOrDefault("aria-label") as string == id, ["oninput", "onchange"], new ChangeEventArgs { Value = text }, id);

    /// <summary>Somebody clicks on the button of this text.</summary>
    public Task Click(string text) => Dispatch(element => element.Name == "button" && element.Text.Contains(text, StringComparison.Ordinal),
        ["onclick"], new MouseEventArgs(), text);

    /// <summary>Somebody sends the form that has this text.</summary>
    public Task Send(string text) => Dispatch(element => element.Name == "form" && element.Text.Contains(text, StringComparison.Ordinal),
        ["onsubmit"], EventArgs.Empty, text);

    /// <summary>What is in a field.</summary>
    public async Task<string?> Value(string id)
    {
        string? value = null;
        await _renderer.Dispatcher.InvokeAsync(() => value = _renderer.Elements()
            .FirstOrDefault(element => element.Attributes.GetValueOrDefault("id") as string == id)?.Attributes.GetValueOrDefault("value") as string);
        return value;
    }

    public async ValueTask DisposeAsync()
    {
        await _renderer.DisposeAsync();
        await _services.DisposeAsync();
    }

    Task Look() => _renderer.Dispatcher.InvokeAsync(() => Html = _page.ToHtmlString());

    // Of the caller alone, and of all that it begins.
    static void ReadEnglish() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo("en");

    async Task Dispatch(Func<Element, bool> which, string[] events, EventArgs args, string what)
    {
        ReadEnglish();
        Task? handled = null;
        await _renderer.Dispatcher.InvokeAsync(() =>
        {
            var element = _renderer.Elements().FirstOrDefault(element => which(element) && events.Any(element.Handlers.ContainsKey));
            Assert.True(element is not null, $"There is no “{what}”");
            var name = events.First(element.Handlers.ContainsKey);
            handled = _renderer.DispatchEventAsync(element.Handlers[name], null, args);
        });
        await handled!;
        await Look();
    }

    sealed record Element(string Name, Dictionary<string, object?> Attributes, Dictionary<string, ulong> Handlers, string Text);

    sealed class LiveRenderer(IServiceProvider services, ILoggerFactory loggers) : StaticHtmlRenderer(services, loggers)
    {
        const int Root = 0; // the first component

        public IEnumerable<Element> Elements()
        {
            List<Element> found = [];
            Walk(Root, found);
            return found;
        }

        protected override IComponent ResolveComponentForRenderMode(Type componentType, int? parentComponentId,
            IComponentActivator componentActivator, IComponentRenderMode renderMode) => componentActivator.CreateInstance(componentType);

        void Walk(int component, List<Element> found)
        {
            var frames = GetCurrentRenderTreeFrames(component);
            for (var i = 0; i < frames.Count; i++)
            {
                ref var frame = ref frames.Array[i];
                if (frame.FrameType == RenderTreeFrameType.Component)
                    Walk(frame.ComponentId, found);
                else if (frame.FrameType == RenderTreeFrameType.Element)
                    found.Add(Read(frames, i));
            }
        }

        static Element Read(ArrayRange<RenderTreeFrame> frames, int at)
        {
            Element element = new(frames.Array[at].ElementName, [], [], "");
            List<string> words = [];
            var end = at + frames.Array[at].ElementSubtreeLength;
            var own = true;
            for (var i = at + 1; i < end; i++)
            {
                ref var frame = ref frames.Array[i];
                own &= frame.FrameType == RenderTreeFrameType.Attribute;
                if (own && frame.AttributeEventHandlerId > 0)
                    element.Handlers[frame.AttributeName] = frame.AttributeEventHandlerId;
                else if (own)
                    element.Attributes[frame.AttributeName] = frame.AttributeValue;
                else if (frame.FrameType == RenderTreeFrameType.Text)
                    words.Add(frame.TextContent);
                else if (frame.FrameType == RenderTreeFrameType.Markup)
                    words.Add(frame.MarkupContent);
            }
            return element with { Text = string.Join(' ', words) };
        }
    }

    sealed class Addresses : NavigationManager
    {
        public Addresses(string address) => Initialize("http://console/", $"http://console/{address}");

        public string? WentTo { get; private set; }

        protected override void NavigateToCore(string uri, NavigationOptions options) => WentTo = uri;

        protected override void SetNavigationLockState(bool value)
        {
        }
    }

    sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => default;

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => default;
    }
}
