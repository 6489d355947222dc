/** What leaves the page by the reader's own hand (a shared link, a contribution) goes through here. */
import { maskPrivate } from "../contribute/mask.ts";

/** A text inside a link is cut here, so that every mail program and chat passes the link on whole. */
export const MAX_SHARED_LENGTH = 1500;

/** @returns the text with addresses, IPs, names and ids replaced by examples */
export const redact = (text: string): string => maskPrivate(text).text;
