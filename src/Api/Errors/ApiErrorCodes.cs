namespace Molino.Api;

/// <summary>The stable error codes that only the HTTP API has; the others are in <see cref="Core.ErrorCodes"/>.</summary>
public static class ApiErrorCodes
{
    /// <summary>The body is not JSON by its content type.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>The path exists, but not with this method.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>A login is required, or the one given is not right.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The login's role does not allow the call.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>Loopback mode answers only loopback names.</summary>
    public const string ForbiddenHost = "forbidden_host";

    /// <summary>The request comes from a page of another origin.</summary>
    public const string ForbiddenOrigin = "forbidden_origin";

    /// <summary>Too many logins failed; wait.</summary>
    public const string TooManyAttempts = "too_many_attempts";

    /// <summary>A user of this name exists.</summary>
    public const string UserExists = "user_exists";

    /// <summary>The last administrator cannot be removed.</summary>
    public const string LastAdmin = "last_admin";

    /// <summary>New jobs are refused for maintenance.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>The request breaks HTTP's rules, or stopped in the middle.</summary>
    public const string BadRequest = "bad_request";
}
