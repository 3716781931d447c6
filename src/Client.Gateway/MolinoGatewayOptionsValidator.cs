using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace Molino.Client;

/// <summary>Checks <see cref="MolinoGatewayOptions"/>; every sentence says what to write instead.</summary>
public sealed class MolinoGatewayOptionsValidator : IValidateOptions<MolinoGatewayOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MolinoGatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);
        var failures = wrong.ConvertAll(one => one.ErrorMessage!);
        failures.AddRange(options.Gateways.Where(gateway => !TryParse(gateway, out _, out _)).Select(gateway =>
            $"'{gateway}' is no gateway: write host:port, such as 10.0.0.1:12111, the port being Cluster:GatewayPort of the silo."));
        if (options.AnswerTimeout <= options.MaxHold)
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"{nameof(options.AnswerTimeout)} ({options.AnswerTimeout}) must be longer than {nameof(options.MaxHold)} ({options.MaxHold})."));
        if (string.IsNullOrEmpty(options.Secret) && options.Gateways.Any(IsBeyondLoopback))
            failures.Add($"{nameof(options.Secret)} is required beyond loopback: give it the text of the silos' Cluster:Secret.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>Reads <c>host:port</c>; an IPv6 address stands in brackets.</summary>
    internal static bool TryParse(string? gateway, out string host, out int port)
    {
        (host, port) = ("", 0);
        if (gateway is null || gateway.LastIndexOf(':') is not (> 0 and var colon)) return false;
        host = gateway[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        return (isBracketed || Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4)
            && int.TryParse(gateway.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;
    }

    private static bool IsBeyondLoopback(string gateway) =>
        TryParse(gateway, out var host, out _)
        && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        && !(IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
